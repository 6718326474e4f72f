// A connection whose sockets, clock and chance are the test's: it says what the server says, when the test says so.
import { Connection } from '../../../tools/web/player/src/connection.ts';
import { Outbox } from '../../../tools/web/player/src/outbox.ts';
import { Store } from '../../../tools/web/player/src/store.ts';

export class Clock {
  now = 1_000_000;
  timers = [];
  after(ms, run) { const timer = { at: this.now + ms, run }; this.timers.push(timer); return timer; }
  cancel(timer) { this.timers = this.timers.filter((one) => one !== timer); }
  // Runs what falls due, in order, until `ms` have passed.
  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.cancel(next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

export class Script {
  clock = new Clock();
  sockets = [];
  random = 0.5;
  kept = new Map();
  constructor(kept) {
    if (kept) this.kept = kept;
    this.outbox = new Outbox({
      getItem: (key) => this.kept.get(key) ?? null, setItem: (key, value) => this.kept.set(key, value), removeItem: (key) => this.kept.delete(key)
    }, 'outbox');
    this.store = new Store(this.outbox, () => this.clock.now);
    const world = {
      open_socket: () => this.open_socket(), now_ms: () => this.clock.now, random: () => this.random,
      after: (ms, run) => this.clock.after(ms, run), cancel: (timer) => this.clock.cancel(timer)
    };
    this.connection = new Connection(world, this.store, 'the-token', this.outbox, 'p1');
    this.store.attach(this.connection);
  }
  open_socket() {
    const socket = { sent: [], closed: null, send: (text) => socket.sent.push(JSON.parse(text)), close: (code) => { socket.closed = code; }, on_open() {}, on_message() {}, on_close() {} };
    this.sockets.push(socket);
    return socket;
  }
  get socket() { return this.sockets.at(-1); }
  get sent() { return this.socket.sent; }
  get phase() { return this.store.status.phase; }
  last(type) { return this.sent.filter((message) => message.type === type).at(-1); }
  // Lets the wait before the next attempt pass, and no more.
  waits() { this.clock.pass(this.store.status.retry_at_ms - this.clock.now); }
  open() { this.socket.on_open(); }
  says(message) { this.socket.on_message(JSON.stringify(message)); }
  loses(code = 1006, reason = '') { this.socket.on_close(code, reason); }
  event(stream, offset, event, data, at_ms = this.clock.now) { this.says({ type: 'event', stream, offset, event, time: new Date(at_ms).toISOString(), data }); }
  replies(id, data) { this.says({ type: 'reply', id, ok: true, data }); }
  refuses(id, error) { this.says({ type: 'reply', id, ok: false, error: { message: '', temporary: false, ...error } }); }
  welcome(offsets = {}) { this.says({ type: 'welcome', id: this.sent[0].id, data: { session: 's', resume_token: 'resume-1', streams: streams(offsets), heartbeat_ms: 25000, limits: {} } }); }
  state(offsets = {}, change = {}) { this.replies(this.last('get_state').id, state(offsets, change)); }
  // A player who is online and knows the state.
  goes_online(offsets = {}, change = {}) {
    this.connection.connect();
    this.open();
    this.welcome(offsets);
    this.state(offsets, change);
    return this;
  }
}

export function streams({ hunt = 0, team = 0, me = 0, epoch = 'e1' } = {}) {
  return { hunt: { epoch: `hunt-${epoch}`, offset: hunt }, team: { epoch: `team-${epoch}`, offset: team }, me: { epoch: `me-${epoch}`, offset: me } };
}

export function state(offsets = {}, change = {}) {
  return {
    at: '2030-01-01T00:00:00.000Z', streams: streams(offsets),
    hunt: { id: 'harbour', name: 'Harbour', state: 'running', districts_open: 1 },
    districts: [{ id: 'quay', name: 'The Quay', open: true, puzzles_locked: 1 }, { id: 'mill', name: 'The Mill', open: false, puzzles_locked: 2 }],
    puzzles: [{ id: 'bell', district: 'quay', title: 'Bell', prompt: 'Ring it.', status: 'open', points_now: 100, guesses_left: 5, clues: [], clues_total: 2, clue_next: 'ask', hints: [], hints_total: 1, hint_next: { index: 0, cost: 10 } }],
    team: { id: 't1', name: 'Herons', points: 50, earned: 50, solved: 0, rank: 3, members: [{ id: 'p1', name: 'Maren', captain: true }] },
    leaderboard: { frozen: false, rows: [] }, ...change
  };
}
