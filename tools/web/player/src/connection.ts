// One player's connection to the hunt, as a state machine without DOM: it greets, resumes, waits its turn, drops events
// that it has already had, and sends undecided requests again with the same ids. What it learns goes to `Listener`.
//
// Threads: the page's only one. Bounds: kInFlightMax requests on their way at once, the rest wait in the outbox.
import { backoff_ms } from './backoff.ts';
import { Outbox, type OutboxRequest } from './outbox.ts';
import {
  kCloseMayNotReconnect, kCloseReplaced, type EventMessage, type NoticeMessage, type ProtocolError,
  type ReplyMessage, type RequestType, type Requests, type ServerMessage, type State, type StreamAt, type StreamName,
  type Streams
} from './protocol.ts';

export const kInFlightMax = 4;
export const kHandshakeMsMax = 10_000;
export const kPongMsMax = 8_000;
export const kHeartbeatMsDefault = 25_000;
export const kSteadyMs = 5_000; // A connection that held this long makes the next backoff start afresh.
const kTriesMax = 6;

export type Phase =
  | 'idle'         // nobody has asked for a connection
  | 'connecting'   // no answer yet from the server's socket
  | 'greeting'     // hello or resume is sent
  | 'catching_up'  // resumed, and what was missed is arriving
  | 'online'
  | 'waiting'      // the connection is lost; the next attempt is at retry_at_ms
  | 'replaced'     // the same player is connected somewhere else; only the player can take it back
  | 'refused';     // the server will not have this token

export interface Status {
  phase: Phase;
  retry_at_ms?: number;
  attempt: number;
  reason?: string;
  close_code?: number;
  resumed: boolean;      // the present connection continued an earlier one
  missed: number;        // events that came while catching up
}

export interface SocketLike {
  send(text: string): void;
  close(code?: number): void;
  on_open: () => void;
  on_message: (text: string) => void;
  on_close: (code: number, reason: string) => void;
}

export interface World {
  open_socket(): SocketLike;
  now_ms(): number;
  after(ms: number, run: () => void): unknown;
  cancel(timer: unknown): void;
  random(): number;
}

export interface Listener {
  on_status(status: Status): void;
  on_state(state: State): void;
  on_event(event: EventMessage): void;
  // The stream is another one from here on (data was lost, or the team changed): its earlier events no longer count.
  on_new_epoch(stream: StreamName): void;
  on_notice(notice: NoticeMessage): void;
  // `request` is undecided no longer: the server's word, or why it could not be had.
  on_decided(request: OutboxRequest, reply: ReplyMessage): void;
  on_outbox(): void;
  on_server_time(ahead_ms: number): void;
}

export class Connection {
  private status_: Status = { phase: 'idle', attempt: 0, resumed: false, missed: 0 };
  private socket_: SocketLike | null = null;
  private resume_token_: string | null = null;
  private streams_: Streams = {};
  private target_: Streams = {};
  private next_id_ = 1;
  private greeting_id_ = '';
  private greeting_is_resume_ = false;
  private state_id_: string | null = null;
  private has_state_ = false;
  private heartbeat_ms_ = kHeartbeatMsDefault;
  private planned_delay_ms_: number | null = null;
  private readonly timers_ = new Map<string, unknown>();
  readonly counters = { duplicates: 0, gaps: 0, declared_skips: 0, unreadable: 0, resumes: 0 };

  constructor(
    private readonly world_: World,
    private readonly listener_: Listener,
    private readonly token_: string,
    private readonly outbox_: Outbox,
    private readonly id_prefix_: string
  ) {}

  get status(): Status { return this.status_; }
  get streams(): Streams { return this.streams_; }

  // --- what the player and the browser say

  connect(): void {
    this.drop_socket();
    this.clear_timers();
    this.planned_delay_ms_ = null;
    this.set_status({ phase: 'connecting', retry_at_ms: undefined, close_code: undefined, resumed: false, missed: 0 });
    const socket = this.world_.open_socket();
    this.socket_ = socket;
    const mine = (run: () => void) => { if (this.socket_ === socket) run(); };
    socket.on_open = () => mine(() => this.greet());
    socket.on_message = (text) => mine(() => this.receive(text));
    socket.on_close = (code, reason) => mine(() => this.closed(code, reason));
    this.timer('handshake', kHandshakeMsMax, () => this.lost('the server does not answer'));
  }

  // Takes the place back that another window of this player took, or tries again after a refusal.
  take_back(): void { this.resume_token_ = null; this.status_.attempt = 0; this.connect(); }

  retry_now(): void { if (this.status_.phase === 'waiting') this.connect(); }

  network_lost(): void {
    if (this.has_socket()) this.lost('this device has no network');
  }

  network_back(): void {
    if (this.status_.phase !== 'waiting') return;
    this.status_.attempt = 0;
    this.wait(Math.round(this.world_.random() * 1000));
  }

  // The page is in front again: timers may have slept, so ask at once whether the connection still lives.
  foreground(): void {
    if (this.is_greeted()) this.ping();
    else this.network_back();
  }

  stop(): void {
    this.drop_socket();
    this.clear_timers();
    this.set_status({ phase: 'idle', retry_at_ms: undefined });
  }

  // Returns the request's id, or nothing when too many wait already.
  request<T extends RequestType>(type: T, data: Requests[T]): string | null {
    if (this.outbox_.is_full) return null;
    const id = this.new_id();
    this.outbox_.add({ id, type, data, sent: false, not_before_ms: 0, tries: 0 });
    this.flush();
    this.listener_.on_outbox();
    return id;
  }

  // Only what was not sent can be taken back; everything else is the server's to decide.
  withdraw(id: string): boolean {
    const request = this.outbox_.find(id);
    if (!request || request.sent || request.tries > 0) return false;
    this.outbox_.remove(id);
    this.listener_.on_outbox();
    return true;
  }

  refresh_state(): void {
    if (this.is_greeted() && this.state_id_ === null) this.ask_state();
  }

  // --- greeting

  private greet(): void {
    this.greeting_id_ = this.new_id();
    this.greeting_is_resume_ = this.resume_token_ !== null && this.has_state_;
    this.set_status({ phase: 'greeting' });
    if (this.greeting_is_resume_) {
      this.send({ type: 'resume', id: this.greeting_id_, data: { resume_token: this.resume_token_, streams: this.streams_ } });
    } else {
      this.send({ type: 'hello', id: this.greeting_id_, data: { token: this.token_ } });
    }
  }

  private greeted(): void {
    this.clear_timer('handshake');
    this.timer('steady', kSteadyMs, () => { this.status_.attempt = 0; });
    this.schedule_ping();
    this.outbox_.forget_sending();
    this.flush();
    this.listener_.on_outbox();
  }

  private receive(text: string): void {
    this.clear_timer('pong');
    let message: ServerMessage;
    try { message = JSON.parse(text) as ServerMessage; } catch { this.counters.unreadable++; return; }
    switch (message.type) {
      case 'welcome': return this.welcomed(message.data);
      case 'resumed': return this.resumed(message.data);
      case 'snapshot': return this.snapshot(message.data);
      case 'event': return this.event(message);
      case 'notice': return this.listener_.on_notice(message);
      case 'reply': return this.reply(message);
      case 'resync_required': this.counters.declared_skips++; return;
      case 'reconnect': return this.asked_to_reconnect(message.data?.after_ms);
      case 'pong': return;
      default: return; // A newer server may say more; what is unknown changes nothing here.
    }
  }

  private welcomed(data: { resume_token: string; streams: Streams; heartbeat_ms?: number; server_time?: string }): void {
    this.resume_token_ = data.resume_token;
    for (const name of names(data.streams)) this.adopt_epoch(name, data.streams[name]!);
    this.streams_ = copy(data.streams);
    if (data.heartbeat_ms) this.heartbeat_ms_ = data.heartbeat_ms;
    this.learn_time(data.server_time);
    this.set_status({ phase: 'online', resumed: false, missed: 0, reason: undefined });
    this.greeted();
    this.ask_state();
  }

  private resumed(data: { streams?: Streams; resume_token?: string; server_time?: string }): void {
    if (data.resume_token) this.resume_token_ = data.resume_token;
    this.learn_time(data.server_time);
    this.counters.resumes++;
    this.target_ = data.streams ?? {};
    const foreign = names(this.target_).filter((name) => this.target_[name]!.epoch !== this.streams_[name]?.epoch);
    for (const name of foreign) this.adopt_epoch(name, this.target_[name]!);
    this.set_status({ phase: 'catching_up', resumed: true, missed: 0, reason: undefined });
    this.greeted();
    if (foreign.length > 0) this.ask_state();
    this.maybe_caught_up();
  }

  private snapshot(data: { state: State; streams?: Streams; resume_token?: string }): void {
    if (data.resume_token) this.resume_token_ = data.resume_token;
    const greeting = !this.is_greeted();
    this.take_state({ ...data.state, streams: data.streams ?? data.state.streams });
    if (greeting) {
      this.set_status({ phase: 'online', resumed: true, reason: undefined });
      this.greeted();
    } else this.maybe_caught_up();
  }

  private maybe_caught_up(): void {
    if (this.status_.phase !== 'catching_up') return;
    const behind = names(this.target_).some((name) => (this.streams_[name]?.offset ?? 0) < this.target_[name]!.offset);
    if (!behind) this.set_status({ phase: 'online' });
  }

  // --- events and state

  private event(message: EventMessage): void {
    const at = this.streams_[message.stream];
    const have = at?.offset ?? 0;
    if (message.offset <= have) { this.counters.duplicates++; return; }
    const gap = message.offset > have + 1;
    this.streams_[message.stream] = { epoch: at?.epoch ?? '', offset: message.offset };
    if (this.status_.phase === 'catching_up') this.status_.missed++;
    this.listener_.on_event(message);
    if (gap) { this.counters.gaps++; this.refresh_state(); }
    this.maybe_caught_up();
  }

  private ask_state(): void {
    this.state_id_ = this.new_id();
    this.send({ type: 'get_state', id: this.state_id_, data: {} });
  }

  // A state's cut may be behind what has arrived, or ahead of it; the listener folds what it has on top of the cut.
  private take_state(state: State): void {
    for (const name of names(state.streams)) {
      const cut = state.streams[name]!;
      const have = this.streams_[name];
      this.adopt_epoch(name, cut);
      if (!have || have.offset < cut.offset) this.streams_[name] = { ...cut };
    }
    this.has_state_ = true;
    this.listener_.on_state(state);
  }

  private adopt_epoch(name: StreamName, at: StreamAt): void {
    const known = this.streams_[name];
    if (known?.epoch === at.epoch) return;
    this.streams_[name] = { ...at };
    if (known) this.listener_.on_new_epoch(name);
  }

  private reply(message: ReplyMessage): void {
    if (message.id === this.greeting_id_ && !message.ok) return this.greeting_refused(message.error);
    if (message.id === this.state_id_) {
      this.state_id_ = null;
      if (message.ok) this.take_state(message.data as unknown as State);
      else this.timer('state', message.error?.retry_after_ms ?? 2000, () => this.refresh_state());
      this.maybe_caught_up();
      return;
    }
    const request = this.outbox_.find(message.id);
    if (!request) return;
    if (!message.ok && this.try_again(request, message.error)) return;
    this.outbox_.remove(message.id);
    this.flush();
    this.listener_.on_decided(request, message);
    this.listener_.on_outbox();
  }

  // --- requests

  private try_again(request: OutboxRequest, error?: ProtocolError): boolean {
    const patience = error?.code === 'overloaded' || error?.code === 'rate_limited';
    if (!error?.temporary || !patience || request.tries >= kTriesMax) return false;
    request.sent = false;
    request.tries++;
    request.not_before_ms = this.world_.now_ms() + (error.retry_after_ms ?? backoff_ms(request.tries, this.world_.random));
    this.flush();
    this.listener_.on_outbox();
    return true;
  }

  private flush(): void {
    if (!this.is_greeted()) return;
    const now = this.world_.now_ms();
    let in_flight = this.outbox_.requests.filter((request) => request.sent).length;
    let wake_ms = Infinity;
    for (const request of this.outbox_.requests) {
      if (request.sent) continue;
      if (request.not_before_ms > now) { wake_ms = Math.min(wake_ms, request.not_before_ms - now); continue; }
      if (in_flight >= kInFlightMax) break;
      request.sent = true;
      in_flight++;
      this.send({ type: request.type, id: request.id, data: request.data });
    }
    if (wake_ms !== Infinity) this.timer('flush', wake_ms, () => { this.flush(); this.listener_.on_outbox(); });
  }

  // --- heartbeat

  private schedule_ping(): void { this.timer('ping', this.heartbeat_ms_, () => this.ping()); }

  private ping(): void {
    this.send({ type: 'ping', id: this.new_id(), data: {} });
    this.timer('pong', kPongMsMax, () => this.lost('the server has gone silent'));
    this.schedule_ping();
  }

  // --- endings

  private greeting_refused(error?: ProtocolError): void {
    if (error?.temporary) { this.planned_delay_ms_ = error.retry_after_ms ?? null; return this.lost(error.message); }
    if (this.greeting_is_resume_) { // The session is forgotten, the token need not be.
      this.resume_token_ = null;
      return this.greet();
    }
    this.drop_socket();
    this.clear_timers();
    this.set_status({ phase: 'refused', reason: error?.message ?? 'the server does not know this player' });
  }

  private asked_to_reconnect(after_ms?: number): void {
    this.planned_delay_ms_ = after_ms ?? null;
    this.lost('the server is restarting');
  }

  private closed(code: number, reason: string): void {
    this.socket_ = null;
    this.status_.close_code = code;
    if (code === kCloseReplaced || (code >= kCloseMayNotReconnect && code < 5000)) {
      this.clear_timers();
      this.set_status({ phase: code === kCloseReplaced ? 'replaced' : 'refused', reason: reason || undefined });
      return;
    }
    if (code === 1008 || code === 1013) this.status_.attempt = Math.max(this.status_.attempt, 3);
    this.lost(kCloseReasons[code] ?? (reason || 'the connection was lost'));
  }

  private lost(reason: string): void {
    this.drop_socket();
    const delay = this.planned_delay_ms_ ?? backoff_ms(this.status_.attempt, this.world_.random);
    this.planned_delay_ms_ = null;
    this.status_.attempt++;
    this.status_.reason = reason;
    this.wait(delay);
  }

  private wait(delay_ms: number): void {
    this.clear_timers();
    this.state_id_ = null;
    this.outbox_.forget_sending();
    this.set_status({ phase: 'waiting', retry_at_ms: this.world_.now_ms() + delay_ms });
    this.timer('retry', delay_ms, () => this.connect());
    this.listener_.on_outbox();
  }

  // --- small things

  private is_greeted(): boolean { return this.status_.phase === 'online' || this.status_.phase === 'catching_up'; }
  private has_socket(): boolean { return this.is_greeted() || this.status_.phase === 'connecting' || this.status_.phase === 'greeting'; }
  private new_id(): string { return `${this.id_prefix_}-${this.next_id_++}`; }
  private send(message: unknown): void { this.socket_?.send(JSON.stringify(message)); }

  private learn_time(server_time?: string): void {
    const at = server_time ? Date.parse(server_time) : NaN;
    if (!Number.isNaN(at)) this.listener_.on_server_time(at - this.world_.now_ms());
  }

  private drop_socket(): void {
    const socket = this.socket_;
    this.socket_ = null;
    try { socket?.close(1000); } catch { /* It was never open. */ }
  }

  private set_status(change: Partial<Status>): void {
    this.status_ = { ...this.status_, ...change };
    this.listener_.on_status(this.status_);
  }

  private timer(name: string, ms: number, run: () => void): void {
    this.clear_timer(name);
    this.timers_.set(name, this.world_.after(ms, () => { this.timers_.delete(name); run(); }));
  }

  private clear_timer(name: string): void {
    if (this.timers_.has(name)) this.world_.cancel(this.timers_.get(name));
    this.timers_.delete(name);
  }

  private clear_timers(): void { for (const name of [...this.timers_.keys()]) this.clear_timer(name); }
}

const kCloseReasons: Record<number, string> = {
  1001: 'the server is shutting down', 1006: 'the connection was lost', 1008: 'the server asked for patience',
  1012: 'the server is restarting', 1013: 'the server has too much to do', 4008: 'this device fell behind',
  4012: 'the connection was lost'
};

function names(streams: Streams | undefined): StreamName[] { return Object.keys(streams ?? {}) as StreamName[]; }

function copy(streams: Streams): Streams {
  const result: Streams = {};
  for (const name of names(streams)) result[name] = { ...(streams[name] as StreamAt) };
  return result;
}
