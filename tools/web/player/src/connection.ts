// One player's connection to the hunt, as a state machine without DOM: it greets, resumes, waits its turn, drops events
// that it has already had, and sends undecided requests again with the same ids. What it learns goes to `Listener`.
//
// Threads: the page's only one. Bounds: kInFlightMax requests on their way at once, the rest wait in the outbox.
import { backoff_ms } from './backoff.ts';
import { Inquiries, type Inquiry } from './inquiries.ts';
import type { Outbox, OutboxRequest } from './outbox.ts';
import {
  kCloseMayNotReconnect, kCloseReplaced, type EventMessage, type ProtocolError, type ReplyMessage, type RequestType,
  type Requests, type ServerMessage, type State, type StreamAt, type StreamName, type Streams
} from './protocol.ts';
import type { Listener, SocketLike, Status, World } from './seams.ts';
import { copy, kCloseReasons, names } from './streams.ts';
import { Timers } from './timers.ts';

export const kInFlightMax = 4;
export const kHandshakeMsMax = 10_000;
export const kPongMsMax = 8_000;
export const kHeartbeatMsDefault = 25_000;
export const kSteadyMs = 5_000; // A connection that held this long makes the next backoff start afresh.
const kTriesMax = 6;
const kSpreadMs = 1500; // An opening unlocks puzzles for every player at once: they ask for them within this time.

export class Connection {
  private status_: Status = { phase: 'idle', attempt: 0, resumed: false, missed: 0 };
  private socket_: SocketLike | null = null;
  private resume_token_: string | null = null;
  private streams_: Streams = {};
  private target_: Streams = {};
  private next_id_ = 1;
  private greeting_id_ = '';
  private greeting_is_resume_ = false;
  private readonly inquiries_ = new Inquiries();
  private skipped_: StreamName[] = [];
  private resumed_at_ms_ = 0;
  private server_ahead_ms_ = 0;
  private heartbeat_ms_ = kHeartbeatMsDefault;
  private planned_delay_ms_: number | null = null;
  private readonly timers_: Timers;
  readonly counters = { duplicates: 0, gaps: 0, declared_skips: 0, unreadable: 0, resumes: 0 };

  constructor(
    private readonly world_: World,
    private readonly listener_: Listener,
    private readonly token_: string,
    private readonly outbox_: Outbox,
    private readonly id_prefix_: string
  ) { this.timers_ = new Timers(world_); }

  get status(): Status { return this.status_; }
  get streams(): Streams { return this.streams_; }

  // --- what the player and the browser say

  connect(): void {
    this.drop_socket();
    this.timers_.clear_all();
    this.planned_delay_ms_ = null;
    this.set_status({ phase: 'connecting', retry_at_ms: undefined, close_code: undefined, resumed: false, missed: 0 });
    const socket = this.world_.open_socket();
    this.socket_ = socket;
    const mine = (run: () => void) => { if (this.socket_ === socket) run(); };
    socket.on_open = () => mine(() => this.greet());
    socket.on_message = (text) => mine(() => this.receive(text));
    socket.on_close = (code, reason) => mine(() => this.closed(code, reason));
    this.timers_.set('handshake', kHandshakeMsMax, () => this.lost('the server does not answer'));
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
    this.timers_.clear_all();
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
    this.inquiries_.want_everything();
    if (this.is_greeted()) this.inquire(this.inquiries_.take_everything());
  }

  refresh_puzzle(id: string, at_once: boolean): void {
    this.inquiries_.want_puzzle(id);
    if (!this.is_greeted()) return;
    if (at_once) this.inquire_puzzles();
    else if (!this.timers_.has('puzzles')) this.timers_.set('puzzles', this.world_.random() * kSpreadMs, () => this.inquire_puzzles());
  }

  // --- greeting

  private greet(): void {
    this.greeting_id_ = this.new_id();
    this.greeting_is_resume_ = this.resume_token_ !== null;
    this.set_status({ phase: 'greeting' });
    if (this.greeting_is_resume_) {
      this.send({ type: 'resume', id: this.greeting_id_, data: { resume_token: this.resume_token_, streams: this.streams_ } });
    } else {
      this.send({ type: 'hello', id: this.greeting_id_, data: { token: this.token_ } });
    }
  }

  private greeted(): void {
    this.timers_.clear('handshake');
    this.timers_.set('steady', kSteadyMs, () => { this.status_.attempt = 0; });
    this.schedule_ping();
    this.outbox_.forget_sending();
    this.flush();
    this.inquire_all();
    this.listener_.on_outbox();
  }

  private receive(text: string): void {
    this.timers_.clear('pong');
    let message: ServerMessage;
    try { message = JSON.parse(text) as ServerMessage; } catch { this.counters.unreadable++; return; }
    switch (message.type) {
      case 'welcome': return this.welcomed(message.data);
      case 'resumed': return this.resumed(message.data);
      case 'snapshot': return this.snapshot(message.data);
      case 'event': return this.event(message);
      case 'notice': return this.listener_.on_notice(message);
      case 'reply': return this.reply(message);
      case 'resync_required': this.counters.declared_skips++; this.skipped_.push(message.data.stream); return;
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
    this.inquiries_.want_everything();
    this.greeted();
  }

  private resumed(data: { streams?: Streams; resume_token?: string; server_time?: string }): void {
    if (data.resume_token) this.resume_token_ = data.resume_token;
    this.learn_time(data.server_time);
    this.counters.resumes++;
    this.target_ = data.streams ?? {};
    const foreign = names(this.target_).filter((name) => this.target_[name]!.epoch !== this.streams_[name]?.epoch);
    for (const name of foreign) this.adopt_epoch(name, this.target_[name]!);
    this.resumed_at_ms_ = this.world_.now_ms() + this.server_ahead_ms_;
    if (foreign.length > 0) this.inquiries_.want_everything();
    this.set_status({ phase: 'catching_up', resumed: true, missed: 0, reason: undefined });
    this.greeted();
    this.maybe_caught_up();
  }

  private snapshot(data: { state: State; streams?: Streams; resume_token?: string }): void {
    if (data.resume_token) this.resume_token_ = data.resume_token;
    const greeting = !this.is_greeted();
    const state = { ...data.state, streams: data.streams ?? data.state.streams };
    // In answer to resume all streams go on after the cut; later, only those that were declared to be skipped.
    const moved = greeting ? names(state.streams) : this.skipped_;
    for (const name of moved) if (state.streams[name]) this.move_to(name, state.streams[name]!, greeting);
    this.skipped_ = [];
    this.take_state(state);
    if (!greeting) return this.maybe_caught_up();
    this.set_status({ phase: 'online', resumed: true, missed: 0, reason: undefined });
    this.greeted();
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
    if (this.status_.resumed && Date.parse(message.time) < this.resumed_at_ms_) this.set_status({ missed: this.status_.missed + 1 });
    this.listener_.on_event(message);
    if (gap) { this.counters.gaps++; this.refresh_state(); }
    this.maybe_caught_up();
  }

  private inquire(inquiry: Inquiry | null): void {
    if (!inquiry) return;
    const id = this.new_id();
    this.inquiries_.sent(id, inquiry);
    this.send({ type: 'get_state', id, data: inquiry === 'everything' ? {} : { puzzles: inquiry } });
  }

  private inquire_puzzles(): void {
    this.timers_.clear('puzzles');
    this.inquire(this.inquiries_.take_puzzles());
    if (this.inquiries_.has_puzzles) this.timers_.set('puzzles', this.world_.random() * kSpreadMs, () => this.inquire_puzzles());
  }

  private inquire_all(): void {
    this.inquire(this.inquiries_.take_everything());
    this.inquire_puzzles();
  }

  // A state's cut may be behind the events that have arrived, or ahead of them: the listener folds by offset. Events
  // before the cut still come, and still belong into the feed, so the streams' positions stay where they are.
  private take_state(state: State): void {
    for (const name of names(state.streams)) this.adopt_epoch(name, state.streams[name]!);
    this.listener_.on_state(state);
  }

  private state_reply(inquiry: Inquiry, message: ReplyMessage): void {
    if (!message.ok) {
      this.inquiries_.want_again(inquiry);
      if (message.error?.temporary) this.timers_.set('state', message.error.retry_after_ms ?? 2000, () => this.inquire_all());
      return;
    }
    const data = message.data as unknown as State;
    if (inquiry === 'everything') this.take_state(data);
    else this.listener_.on_puzzles(data.puzzles ?? [], data.streams);
  }

  private adopt_epoch(name: StreamName, at: StreamAt): void {
    const known = this.streams_[name];
    if (known?.epoch === at.epoch) return;
    this.streams_[name] = { ...at };
    if (known) this.listener_.on_new_epoch(name);
  }

  private move_to(name: StreamName, cut: StreamAt, exactly: boolean): void {
    this.adopt_epoch(name, cut);
    if (exactly || (this.streams_[name]?.offset ?? 0) < cut.offset) this.streams_[name] = { ...cut };
  }

  private reply(message: ReplyMessage): void {
    if (message.id === this.greeting_id_ && !message.ok) return this.greeting_refused(message.error);
    const inquiry = this.inquiries_.answered(message.id);
    if (inquiry) return this.state_reply(inquiry, message);
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
    const { due, wake_ms } = this.outbox_.take_due(this.world_.now_ms(), kInFlightMax);
    for (const { type, id, data } of due) this.send({ type, id, data });
    if (wake_ms !== Infinity) this.timers_.set('flush', wake_ms, () => { this.flush(); this.listener_.on_outbox(); });
  }

  // --- heartbeat

  private schedule_ping(): void { this.timers_.set('ping', this.heartbeat_ms_, () => this.ping()); }

  private ping(): void {
    this.send({ type: 'ping', id: this.new_id(), data: {} });
    this.timers_.set('pong', kPongMsMax, () => this.lost('the server has gone silent'));
    this.schedule_ping();
  }

  // --- endings

  private greeting_refused(error?: ProtocolError): void {
    if (error?.temporary) { this.planned_delay_ms_ = error.retry_after_ms ?? null; return this.lost(error.message); }
    if (this.greeting_is_resume_) return this.session_forgotten();
    this.drop_socket();
    this.timers_.clear_all();
    this.set_status({ phase: 'refused', reason: error?.message ?? 'the server does not know this player' });
  }

  // Only the resume token is refused: the player's own token, in a hello, decides whether this device is signed out.
  private session_forgotten(): void {
    this.resume_token_ = null;
    this.lost('the session is over, a new one begins');
  }

  private asked_to_reconnect(after_ms?: number): void {
    this.planned_delay_ms_ = after_ms ?? null;
    this.lost('the server is restarting');
  }

  private closed(code: number, reason: string): void {
    this.socket_ = null;
    this.status_.close_code = code;
    if (code >= kCloseMayNotReconnect && this.status_.phase === 'greeting' && this.greeting_is_resume_) return this.session_forgotten();
    if (code === kCloseReplaced || (code >= kCloseMayNotReconnect && code < 5000)) {
      this.timers_.clear_all();
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
    this.timers_.clear_all();
    this.inquiries_.lost();
    this.outbox_.forget_sending();
    this.set_status({ phase: 'waiting', retry_at_ms: this.world_.now_ms() + delay_ms });
    this.timers_.set('retry', delay_ms, () => this.connect());
    this.listener_.on_outbox();
  }

  // --- small things

  private is_greeted(): boolean { return this.status_.phase === 'online' || this.status_.phase === 'catching_up'; }
  private has_socket(): boolean { return this.is_greeted() || this.status_.phase === 'connecting' || this.status_.phase === 'greeting'; }
  private new_id(): string { return `${this.id_prefix_}-${this.next_id_++}`; }
  private send(message: unknown): void { this.socket_?.send(JSON.stringify(message)); }

  private learn_time(server_time?: string): void {
    const at = server_time ? Date.parse(server_time) : NaN;
    if (Number.isNaN(at)) return;
    this.server_ahead_ms_ = at - this.world_.now_ms();
    this.listener_.on_server_time(this.server_ahead_ms_);
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
}
