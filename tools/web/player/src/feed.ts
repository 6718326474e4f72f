// What an event says to a person: a line of the feed, and how loudly it is to be said.
import { member_name, type Model } from './model.ts';
import type { EventMessage } from './protocol.ts';

export type FeedKind = 'district' | 'closed' | 'solved' | 'first' | 'other_solved' | 'unlocked' | 'clue' | 'hint'
  | 'announcement' | 'member' | 'state';

export interface FeedItem {
  key: string;
  at_ms: number;
  kind: FeedKind;
  text: string;
  detail?: string;
  puzzle?: string;
  district?: string;
  colour?: string;
  count?: number;      // how many puzzles one line stands for
  loud: boolean;       // worth a moment of everybody's attention, and of a screen reader's
}

export const kFeedMax = 250;
const kTogetherMs = 5000;

export function feed_item(model: Model, event: EventMessage): FeedItem | null {
  const data = event.data;
  const text_of = (key: string) => (typeof data[key] === 'string' ? (data[key] as string) : '');
  const puzzle = model.puzzles.get(text_of('puzzle'));
  const district = model.districts.get(text_of('district') || puzzle?.district || '');
  const title = puzzle?.title ?? (text_of('title') || text_of('puzzle'));
  const base = {
    key: `${event.stream}-${event.offset}-${event.time}`, at_ms: Date.parse(event.time) || Date.now(),
    puzzle: puzzle?.id, district: district?.id, colour: district?.colour, loud: false
  };
  const who = () => member_name(model.team, text_of('by'));
  switch (event.event) {
    case 'district_opened':
      return { ...base, kind: 'district', loud: true, text: `${text_of('name') || district?.name} is open`, detail: district?.text };
    case 'district_closed':
      return { ...base, kind: 'closed', text: `${district?.name ?? text_of('district')} has closed` };
    case 'puzzle_unlocked':
      return { ...base, kind: 'unlocked', text: `New puzzle: ${title}`, detail: district?.name };
    case 'puzzle_solved':
      return { ...base, kind: 'solved', loud: true, text: `${who()} solved ${title}`, detail: points(data['points']) };
    case 'team_solved':
      if (text_of('team') === model.team.id) return null; // The team's own stream tells it better.
      return { ...base, kind: 'other_solved', text: `${text_of('name')} solved ${title || 'a puzzle'}`, detail: district?.name };
    case 'first_solve': {
      const own = text_of('team') === model.team.id;
      return { ...base, kind: 'first', loud: own, text: own ? `First in the city to solve ${title}` : `${text_of('name')} is first to solve ${title}`, detail: district?.name };
    }
    case 'clue_discovered': return { ...base, kind: 'clue', text: `${who()} found a clue for ${title}` };
    case 'hint_granted': return { ...base, kind: 'hint', text: `${who()} took a hint for ${title}`, detail: cost(data['cost']) };
    case 'points_awarded': return { ...base, kind: 'solved', loud: true, text: `${title || 'A puzzle'} counts for more now`, detail: points(data['points']) };
    case 'announcement': return { ...base, kind: 'announcement', loud: true, text: text_of('text') };
    case 'member_joined': return { ...base, kind: 'member', text: `${text_of('name')} joined the team` };
    case 'hunt_state_changed': return { ...base, kind: 'state', loud: true, text: state_text(text_of('state')) };
    default: return null;
  }
}

// Newest first. An opening unlocks many puzzles at once: they become one line.
export function add_to_feed(feed: FeedItem[], item: FeedItem): FeedItem[] {
  const before = feed[0];
  if (item.kind === 'unlocked' && before?.kind === 'unlocked' && before.district === item.district && item.at_ms - before.at_ms < kTogetherMs) {
    const count = (before.count ?? 1) + 1;
    const merged = { ...before, count, puzzle: undefined, text: `${count} new puzzles in ${item.detail ?? 'the city'}`, detail: undefined };
    return [merged, ...feed.slice(1)];
  }
  return [item, ...feed].slice(0, kFeedMax);
}

export function state_text(state: string): string {
  switch (state) {
    case 'running': return 'The hunt is running';
    case 'paused': return 'The hunt is paused: answers wait until it goes on';
    case 'ended': return 'The hunt has ended';
    case 'not_started': return 'The hunt has not started yet';
    default: return `The hunt is ${state}`;
  }
}

function points(value: unknown): string | undefined { return typeof value === 'number' ? `+${value} points` : undefined; }
function cost(value: unknown): string | undefined {
  return typeof value === 'number' ? (value > 0 ? `−${value} points` : 'free') : undefined;
}
