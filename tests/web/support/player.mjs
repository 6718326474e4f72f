// A player who is not ours: node's `ws`, the protocol's page, and nothing of the product's own code.
import WebSocket from 'ws';

export const kSubprotocol = 'cairn.v1.json';
export const kPatienceMs = 15_000; // A guard against waiting for ever; nothing is measured by it.

export async function post(url, path, body, headers = {}) {
  const response = await fetch(url + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body)
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}

export const play_url = (url) => `${url.replace(/^http/, 'ws')}/v1/play`;

// One socket: everything that comes is kept, and waiters look through it.
export class Line {
  received = [];
  raw = [];
  closed = null;
  waiters = new Set();

  static async open(url, { protocols = [kSubprotocol], origin } = {}) {
    const line = new Line();
    line.socket = new WebSocket(play_url(url), protocols, { origin, perMessageDeflate: false });
    line.socket.on('message', (bytes, is_binary) => line.heard(bytes, is_binary));
    line.socket.on('close', (code, reason) => { line.closed = { code, reason: reason.toString() }; line.wake(); });
    await new Promise((resolve, reject) => {
      line.socket.once('open', resolve);
      line.socket.once('error', reject);
    });
    line.socket.on('error', () => {});
    return line;
  }

  heard(bytes, is_binary) {
    if (is_binary) throw new Error('the server sent a binary frame');
    const text = bytes.toString('utf8');
    this.raw.push(text);
    this.received.push(JSON.parse(text));
    this.wake();
  }

  wake() { for (const waiter of [...this.waiters]) waiter(); }
  send(message) { this.socket.send(typeof message === 'string' ? message : JSON.stringify(message)); }

  // The first message, of those from `from` on, that `wanted` likes.
  wait(what, wanted, from = 0) {
    return this.until(what, () => {
      const index = this.received.findIndex((message, at) => at >= from && wanted(message));
      return index < 0 ? undefined : { ...this.received[index], raw: this.raw[index] };
    });
  }

  wait_close() { return this.until('the close', () => this.closed ?? undefined, true); }

  until(what, look, closing_is_fine = false) {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        const found = look();
        if (found !== undefined) return done(resolve, found);
        if (this.closed && !closing_is_fine) done(reject, new Error(`closed ${this.closed.code} ${this.closed.reason} while waiting for ${what}`));
      };
      const done = (settle, value) => { this.waiters.delete(attempt); clearTimeout(timer); settle(value); };
      const timer = setTimeout(() => done(reject, new Error(`no ${what}; last: ${this.raw.slice(-3).join(' | ').slice(0, 600)}`)), kPatienceMs);
      this.waiters.add(attempt);
      attempt();
    });
  }

  lose() { this.socket.terminate(); }

  async end() {
    if (this.closed) return;
    this.socket.close(1000);
    await this.wait_close();
  }
}

let next_name = 1;
export const unique = (text) => `${text} ${process.pid % 10000}-${next_name++}`;

export class Player {
  next_id = 1;
  streams = {};

  static async make_team(url, team_name = unique('Test team'), player_name = 'Ada') {
    const made = await post(url, '/v1/teams', { team_name, player_name });
    if (made.status >= 300) throw new Error(`no team: ${made.status} ${JSON.stringify(made.body)}`);
    return new Player(url, made.body, team_name);
  }

  static async join(url, join_code, player_name = 'Bela') {
    const joined = await post(url, '/v1/join', { join_code, player_name });
    if (joined.status >= 300) throw new Error(`not joined: ${joined.status} ${JSON.stringify(joined.body)}`);
    return new Player(url, joined.body);
  }

  constructor(url, credentials, team_name) { Object.assign(this, { url, credentials, team_name }); }

  id() { return `f-${this.next_id++}`; }

  async hello() {
    this.line = await Line.open(this.url);
    const id = this.id();
    this.line.send({ type: 'hello', id, data: { token: this.credentials.token } });
    this.welcome = await this.line.wait('welcome', (message) => message.type === 'welcome');
    this.resume_token = this.welcome.data.resume_token;
    this.streams = structuredClone(this.welcome.data.streams);
    return this;
  }

  async resume() {
    this.line = await Line.open(this.url);
    this.line.send({ type: 'resume', id: this.id(), data: { resume_token: this.resume_token, streams: this.streams } });
    const answer = await this.line.wait('resumed or snapshot', (message) => message.type === 'resumed' || message.type === 'snapshot');
    if (answer.data.resume_token) this.resume_token = answer.data.resume_token;
    return answer;
  }

  async request(type, data = {}, id = this.id()) {
    const from = this.line.received.length;
    this.line.send({ type, id, data });
    return this.line.wait(`the reply to ${type}`, (message) => message.type === 'reply' && message.id === id, from);
  }

  async state() { return (await this.request('get_state')).data; }

  // A new team's first puzzles are unlocked just after it is made: its state, once `count` of them can be solved.
  async state_with(key, count) {
    for (let unlocked = 0; ;) {
      const state = await this.state();
      if (key.solvable(state.puzzles).length >= count) return state;
      const seen = unlocked;
      unlocked = await this.line.until('more puzzles', () => {
        const now = this.line.received.filter((message) => message.event === 'puzzle_unlocked').length;
        return now > seen ? now : undefined;
      });
    }
  }

  event(name, wanted = () => true, from = 0) {
    return this.line.wait(`event ${name}`, (message) => message.type === 'event' && message.event === name && wanted(message.data), from);
  }
  notice(name, wanted = () => true, from = 0) {
    return this.line.wait(`notice ${name}`, (message) => message.type === 'notice' && message.notice === name && wanted(message.data), from);
  }
  offsets(stream) { return this.line.received.filter((message) => message.type === 'event' && message.stream === stream).map((message) => message.offset); }

  // What has come of each stream, so that a resume can say it.
  note_offsets() {
    for (const stream of Object.keys(this.streams)) {
      const last = this.offsets(stream).at(-1);
      if (last !== undefined) this.streams[stream].offset = Math.max(this.streams[stream].offset, last);
    }
  }
}
