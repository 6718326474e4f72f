// The player protocol, version 1, as this page speaks it: types only, written by hand from the protocol's page.
// Fields may be added by a server and none is renamed, so what a newer server adds is ignored here.

export const kSubprotocol = 'cairn.v1.json';
export const kPlayPath = '/v1/play';
export const kAnswerBytesMax = 128;

export type StreamName = 'hunt' | 'team' | 'me';
export interface StreamAt { epoch: string; offset: number }
export type Streams = Partial<Record<StreamName, StreamAt>>;

export type ErrorCode =
  | 'bad_request' | 'unauthorized' | 'forbidden' | 'not_found' | 'locked' | 'rate_limited' | 'locked_out'
  | 'not_captain' | 'team_full' | 'hunt_not_running' | 'too_far' | 'low_accuracy' | 'insufficient_points'
  | 'script_error' | 'overloaded' | 'internal';

export interface ProtocolError {
  code: ErrorCode | string;
  message: string;
  temporary?: boolean;
  retry_after_ms?: number;
  details?: Record<string, unknown>;
}

export type Position = [lon: number, lat: number];
export interface MultiPolygon { type: 'MultiPolygon'; coordinates: Position[][][] }
export interface Polygon { type: 'Polygon'; coordinates: Position[][] }

export type HuntRunState = 'not_started' | 'running' | 'paused' | 'ended';
// Of a rehearsal: how many times as fast as real time what is played goes.
export interface Rehearsal { speed: number }
export interface Hunt { id: string; name: string; city?: string; state: HuntRunState; districts_open?: number; rehearsal?: Rehearsal }

export interface District {
  id: string;
  name: string;
  colour?: string;
  text?: string;
  open: boolean;
  opened?: boolean | string;
  outline?: MultiPolygon | Polygon;
  puzzles_locked?: number;
}

export interface Clue { index: number; text: string }
export interface Hint { index: number; text: string }
export interface NextHint { index: number; cost: number; available_at?: string }
export type ClueNext = 'ask' | 'check_in' | 'code';

export interface Puzzle {
  id: string;
  district: string;
  title: string;
  prompt?: string;         // an unlocking tells the title only; get_state tells the rest
  status: 'open' | 'solved';
  points_now?: number;
  points?: number;
  guesses_left?: number;
  lockout_until?: string;
  at?: Position;
  radius_m?: number;
  needs_check_in?: boolean;
  checked_in?: boolean;
  accessibility?: string;
  clues?: Clue[];
  clues_total?: number;
  clue_next?: ClueNext;
  hints?: Hint[];
  hints_total?: number;
  hint_next?: NextHint;
  solved_by?: string;
}

export interface Member { id: string; name: string; captain?: boolean }
export interface Team {
  id: string;
  name: string;
  points: number;
  earned?: number;
  solved?: number;
  rank?: number;
  join_code?: string;
  members: Member[];
}
export interface LeaderboardRow { team: string; name: string; points: number; solved: number; rank: number }
export interface Leaderboard { frozen: boolean; rows: LeaderboardRow[] }

export interface State {
  at: string;
  streams: Streams;
  hunt: Hunt;
  districts: District[];
  puzzles: Puzzle[];
  team: Team;
  leaderboard?: Leaderboard;
}

// From the server.
export interface Welcome {
  session?: string;
  resume_token: string;
  streams: Streams;
  heartbeat_ms?: number;
  limits?: Record<string, number>;
  server_time?: string;
}
export interface Resumed { streams?: Streams; resume_token?: string; server_time?: string }
export interface Snapshot { at: string; streams: Streams; state: State; resume_token?: string }
export interface ResyncRequired { stream: StreamName; from: number; to: number }

export interface EventMessage {
  type: 'event';
  stream: StreamName;
  offset: number;
  event: string;
  time: string;
  data: Record<string, unknown>;
}
export interface NoticeMessage {
  type: 'notice';
  notice: string;
  version: number;
  data: Record<string, unknown>;
}
export interface ReplyMessage {
  type: 'reply';
  id: string;
  ok: boolean;
  data?: Record<string, unknown>;
  error?: ProtocolError;
}
export type ServerMessage =
  | { type: 'welcome'; id?: string; data: Welcome }
  | { type: 'resumed'; id?: string; data: Resumed }
  | { type: 'snapshot'; data: Snapshot }
  | { type: 'resync_required'; data: ResyncRequired }
  | { type: 'reconnect'; data: { after_ms?: number } }
  | { type: 'pong'; id?: string }
  | ReplyMessage | EventMessage | NoticeMessage;

export type Verdict = 'correct' | 'partial' | 'incorrect' | 'already_tried' | 'already_solved';
export interface AnswerReply {
  verdict: Verdict;
  text?: string;
  points?: number;
  guesses_left?: number;
  lockout_until?: string;
}

// To the server: what a player asks for and waits to have decided.
export interface Requests {
  submit_answer: { puzzle: string; answer: string };
  request_hint: { puzzle: string; hint: number };
  discover_clue: { puzzle: string; clue: number; code?: string };
  check_in: { puzzle: string; at?: Position; accuracy_m?: number; code?: string };
}
export type RequestType = keyof Requests;

// What the HTTP side answers when a team is made, joined or recovered.
export interface Credentials {
  token: string;
  recovery_code?: string;
  join_code?: string;
}

export const kCloseTooSlow = 4008;
export const kCloseReplaced = 4009;
export const kCloseMayNotReconnect = 4500;
