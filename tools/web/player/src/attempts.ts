// What this player asked of a puzzle and what became of it: one line for each request, from "not sent yet" to a verdict.
import type { OutboxRequest } from './outbox.ts';
import type { AnswerReply, ReplyMessage } from './protocol.ts';

export type Tone = 'wait' | 'good' | 'near' | 'bad' | 'note';
export interface Attempt {
  id: string;
  puzzle: string;
  what: string;          // the answer, or what was asked for
  kind: OutboxRequest['type'];
  tone: Tone;
  text: string;
  undecided: boolean;
  can_withdraw: boolean;
}

export const kAttemptsMax = 12;

export function attempt_of(request: OutboxRequest, connected: boolean): Attempt {
  const base = { id: request.id, puzzle: request.data.puzzle, what: what_of(request), kind: request.type };
  if (request.sent) return { ...base, tone: 'wait', undecided: true, can_withdraw: false, text: 'Waiting for the server’s word…' };
  const untouched = request.tries === 0;
  const text = !connected ? 'Not sent yet: it goes out when the connection is back'
    : request.tries > 0 ? 'The server is busy: trying again' : 'Not sent yet: waiting its turn';
  return { ...base, tone: 'wait', undecided: true, can_withdraw: untouched && !request.sent, text };
}

export function decided(request: OutboxRequest, reply: ReplyMessage): Attempt {
  const base = { id: request.id, puzzle: request.data.puzzle, what: what_of(request), kind: request.type, undecided: false, can_withdraw: false };
  if (!reply.ok) return { ...base, tone: 'bad', text: refusal(reply) };
  switch (request.type) {
    case 'submit_answer': return { ...base, ...verdict(reply.data as unknown as AnswerReply) };
    case 'request_hint': return { ...base, tone: 'note', text: 'Hint granted' };
    case 'discover_clue': return { ...base, tone: 'good', text: 'Clue found' };
    case 'check_in': return { ...base, ...checked_in(reply.data as { accepted?: boolean; distance_m?: number }) };
  }
}

function verdict(reply: AnswerReply): { tone: Tone; text: string } {
  const left = guesses(reply.guesses_left);
  switch (reply.verdict) {
    case 'correct': return { tone: 'good', text: reply.points === undefined ? 'Correct' : `Correct: ${reply.points} points` };
    case 'partial': return { tone: 'near', text: `${reply.text ?? 'You are on the way'}${left ? ` (${left})` : ''}` };
    case 'already_tried': return { tone: 'note', text: 'Your team has tried that already: it cost nothing' };
    case 'already_solved': return { tone: 'good', text: 'Your team has solved this already' };
    default: return { tone: 'bad', text: left ? `Incorrect, ${left}` : 'Incorrect' };
  }
}

export function guesses(left: number | undefined): string {
  if (left === undefined) return '';
  return left === 0 ? 'no guesses left for now' : left === 1 ? '1 guess left' : `${left} guesses left`;
}

function checked_in(reply: { accepted?: boolean; distance_m?: number }): { tone: Tone; text: string } {
  if (reply.accepted) return { tone: 'good', text: 'You are checked in here' };
  return { tone: 'bad', text: `Not here yet${reply.distance_m === undefined ? '' : `: ${metres(reply.distance_m)} to go`}` };
}

export function metres(distance_m: number): string {
  return distance_m >= 1000 ? `${(distance_m / 1000).toFixed(1)} km` : `${Math.round(distance_m)} m`;
}

function what_of(request: OutboxRequest): string {
  const data = request.data as { answer?: string; code?: string };
  switch (request.type) {
    case 'submit_answer': return data.answer ?? '';
    case 'request_hint': return 'Hint';
    case 'discover_clue': return data.code ? `Clue, code ${data.code}` : 'Clue';
    case 'check_in': return data.code ? `Check-in, code ${data.code}` : 'Check-in';
  }
}

function refusal(reply: ReplyMessage): string {
  const details = reply.error?.details as { distance_m?: number } | undefined;
  const server = reply.error?.message;
  switch (reply.error?.code) {
    case 'locked_out': return 'Locked out for the moment: this was not counted';
    case 'hunt_not_running': return 'The hunt is not running now';
    case 'too_far': return details?.distance_m === undefined ? server ?? 'Too far away' : `Too far away: ${metres(details.distance_m)} to go`;
    case 'low_accuracy': return 'Your position is too uncertain. Step into the open and try again, or use the code';
    case 'insufficient_points': return 'Your team has too few points for this hint';
    case 'overloaded': case 'rate_limited': return 'The server has too much to do: try again in a moment';
    default: return server ?? 'The server refused this';
  }
}
