// Everything the page shows, and the only thing its views read: the model, the feed, the attempts, the connection.
// It folds what the connection hears; views subscribe and are told that something changed, never what.
//
// Bounds: kFeedMax lines of feed, kRecentMax events a stream, kAttemptsMax attempts a puzzle.
import { attempt_of, decided, kAttemptsMax, type Attempt } from './attempts.ts';
import type { Connection } from './connection.ts';
import { add_to_feed, feed_item, type FeedItem } from './feed.ts';
import { add_clue, add_hint, fold, model_of, solve, take_puzzle, type Model, type Open } from './model.ts';
import type { Outbox, OutboxRequest } from './outbox.ts';
import type { AnswerReply, Clue, EventMessage, Hint, Leaderboard, NoticeMessage, Puzzle, ReplyMessage, State, StreamName, Streams } from './protocol.ts';
import type { Listener, Status } from './seams.ts';

export const kRecentMax = 512;

type Asks = Pick<Connection, 'refresh_state' | 'refresh_puzzle'>;

export class Store implements Listener {
  model: Model | null = null;
  feed: FeedItem[] = [];
  status: Status = { phase: 'idle', attempt: 0, resumed: false, missed: 0 };
  latest_loud: FeedItem | null = null;
  caught_up_at_ms: number | undefined;
  server_ahead_ms = 0;
  private learned_at_ms_ = 0;
  private decided_ = new Map<string, Attempt[]>();
  private recent_: EventMessage[] = [];
  private readonly watchers_ = new Set<() => void>();
  private cut_: Streams = {};
  private connection_: Asks | null = null;

  constructor(private readonly outbox_: Outbox, private readonly now_ms_: () => number) {}

  // A connection is made with its listener, so it can only be told afterwards.
  attach(connection: Asks): void { this.connection_ = connection; }

  watch(watcher: () => void): () => void {
    this.watchers_.add(watcher);
    return () => this.watchers_.delete(watcher);
  }

  // The server's clock, which lockouts and hints are told in.
  server_now_ms(): number {
    const now = this.now_ms_();
    return now + this.server_ahead_ms + (now - this.learned_at_ms_) * (this.speed() - 1);
  }

  // In a rehearsal it goes faster than ours.
  private speed(): number { return this.model?.hunt.rehearsal?.speed ?? 1; }

  attempts(puzzle: string): Attempt[] {
    const connected = this.status.phase === 'online' || this.status.phase === 'catching_up';
    const waiting = this.outbox_.requests.filter((request) => request.data.puzzle === puzzle).map((request) => attempt_of(request, connected));
    return [...waiting.reverse(), ...(this.decided_.get(puzzle) ?? [])];
  }

  undecided_count(): number { return this.outbox_.requests.length; }

  seen(puzzle: string): void {
    const known = this.model?.puzzles.get(puzzle);
    if (!known) return;
    if (known.prompt === undefined) this.connection_?.refresh_puzzle(puzzle, true);
    if (known.fresh) { known.fresh = false; this.changed(); }
  }

  // --- Listener

  on_status(status: Status): void {
    const before = this.status;
    this.status = status;
    if (status.phase === 'online' && before.phase !== 'online' && status.resumed) {
      this.caught_up_at_ms = this.now_ms_();
    }
    this.changed();
  }

  on_state(state: State): void {
    this.model = model_of(state, this.model);
    this.cut_ = state.streams;
    this.fold_recent(this.model, this.cut_);
    this.changed();
  }

  on_puzzles(puzzles: Puzzle[], cut: Streams): void {
    if (!this.model) return;
    for (const puzzle of puzzles) take_puzzle(this.model, puzzle);
    this.fold_recent(this.model, cut);
    this.changed();
  }

  on_event(event: EventMessage): void {
    this.recent_.push(event);
    if (this.recent_.length > kRecentMax) this.recent_.shift();
    if (this.model) {
      if (event.offset > (this.cut_[event.stream]?.offset ?? 0)) this.ask(fold(this.model, event));
      const item = feed_item(this.model, event);
      if (item) this.tell(item);
    }
    this.changed();
  }

  on_new_epoch(stream: StreamName): void {
    this.recent_ = this.recent_.filter((event) => event.stream !== stream);
    delete this.cut_[stream];
  }

  on_notice(notice: NoticeMessage): void {
    const model = this.model;
    if (!model) return;
    if (notice.notice === 'leaderboard' && notice.version >= model.leaderboard_version) {
      model.leaderboard = notice.data as unknown as Leaderboard;
      model.leaderboard_version = notice.version;
    } else if (notice.notice === 'score' && notice.version >= model.score_version) {
      model.team = { ...model.team, ...(notice.data as object) };
      model.score_version = notice.version;
    }
    this.changed();
  }

  on_decided(request: OutboxRequest, reply: ReplyMessage): void {
    const attempt = decided(request, reply);
    const told_elsewhere = reply.ok && (request.type === 'request_hint' || request.type === 'discover_clue');
    if (!told_elsewhere) this.remember(attempt);
    if (reply.ok) this.apply_reply(request, reply);
    else this.apply_refusal(request, reply);
    this.changed();
  }

  private remember(attempt: Attempt): void {
    const list = [attempt, ...(this.decided_.get(attempt.puzzle) ?? [])].slice(0, kAttemptsMax);
    this.decided_.set(attempt.puzzle, list);
  }

  on_outbox(): void { this.changed(); }
  on_server_time(ahead_ms: number): void {
    this.server_ahead_ms = ahead_ms;
    this.learned_at_ms_ = this.now_ms_();
  }

  // --- what a reply tells before, or without, an event

  private apply_reply(request: OutboxRequest, reply: ReplyMessage): void {
    const model = this.model;
    const puzzle = model?.puzzles.get(request.data.puzzle);
    if (!model || !puzzle) return;
    const data = reply.data ?? {};
    if (request.type === 'submit_answer') {
      const answer = data as unknown as AnswerReply;
      puzzle.guesses_left = answer.guesses_left ?? puzzle.guesses_left;
      puzzle.lockout_until = answer.lockout_until;
      if (answer.verdict === 'correct') solve(puzzle, undefined, answer.points);
      if (answer.verdict === 'already_solved') puzzle.status = 'solved';
    } else if (request.type === 'check_in') {
      if (data['accepted'] === true) { puzzle.checked_in = true; this.ask({ puzzle: puzzle.id }); }
    } else if (request.type === 'request_hint') {
      if (typeof data['points'] === 'number') model.team = { ...model.team, points: data['points'] };
      if (add_hint(puzzle, data['hint'] as Hint | undefined, data)) this.ask({ puzzle: puzzle.id });
    } else if (add_clue(puzzle, data['clue'] as Clue | undefined, data)) this.ask({ puzzle: puzzle.id });
  }

  private ask(open: Open): void {
    if (open === 'everything') this.connection_?.refresh_state();
    else if (open) this.connection_?.refresh_puzzle(open.puzzle, this.model?.puzzles.get(open.puzzle)?.prompt !== undefined);
  }

  private fold_recent(model: Model, cut: Streams): void {
    for (const event of this.recent_) {
      if (event.offset > (cut[event.stream]?.offset ?? 0)) fold(model, event);
    }
  }

  private apply_refusal(request: OutboxRequest, reply: ReplyMessage): void {
    const puzzle = this.model?.puzzles.get(request.data.puzzle);
    if (!puzzle || reply.error?.code !== 'locked_out') return;
    const until = reply.error.details?.['lockout_until'];
    if (typeof until === 'string') puzzle.lockout_until = until;
    else if (reply.error.retry_after_ms) puzzle.lockout_until = new Date(this.server_now_ms() + reply.error.retry_after_ms * this.speed()).toISOString();
  }

  private tell(item: FeedItem): void {
    this.feed = add_to_feed(this.feed, item);
    if (item.loud) this.latest_loud = item;
  }

  private changed(): void { for (const watcher of this.watchers_) watcher(); }
}
