// What a connection needs from outside (sockets, clock, chance) and what it tells to whom: all that a test replaces.
import type { OutboxRequest } from './outbox.ts';
import type { EventMessage, NoticeMessage, Puzzle, ReplyMessage, State, StreamName, Streams } from './protocol.ts';

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
  missed: number;        // events that happened while this device was away, and came after it was back
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
  on_puzzles(puzzles: Puzzle[], cut: Streams): void;
  on_event(event: EventMessage): void;
  // The stream is another one from here on (data was lost, or the team changed): its earlier events no longer count.
  on_new_epoch(stream: StreamName): void;
  on_notice(notice: NoticeMessage): void;
  // `request` is undecided no longer: the server's word, or why it could not be had.
  on_decided(request: OutboxRequest, reply: ReplyMessage): void;
  on_outbox(): void;
  on_server_time(ahead_ms: number): void;
}
