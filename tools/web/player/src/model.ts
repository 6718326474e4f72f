// What the page knows of the hunt: the state as the server cut it, kept up to date by folding events and notices.
import type { Clue, District, EventMessage, Hint, Hunt, HuntRunState, Leaderboard, Member, Puzzle, State, Team } from './protocol.ts';

export interface DistrictView extends District {
  opened_at_ms?: number;   // only when it opened while this page was listening
  revision?: number;
}

export interface PuzzleView extends Puzzle {
  clues: Clue[];
  hints: Hint[];
  fresh?: boolean;         // unlocked while this page was listening, and not looked at yet
}

export interface Model {
  hunt: Hunt;
  districts: Map<string, DistrictView>;
  puzzles: Map<string, PuzzleView>;
  team: Team;
  leaderboard: Leaderboard;
  leaderboard_version: number;
  score_version: number;
}

export function model_of(state: State, before: Model | null): Model {
  const districts = state.districts.map((district): [string, DistrictView] => [
    district.id, { ...district, opened_at_ms: before?.districts.get(district.id)?.opened_at_ms }
  ]);
  const puzzles = state.puzzles.map((puzzle): [string, PuzzleView] => [puzzle.id, puzzle_view(puzzle, before)]);
  return {
    hunt: state.hunt,
    districts: new Map(districts),
    puzzles: new Map(puzzles),
    team: { ...state.team, members: [...(state.team.members ?? [])] },
    leaderboard: state.leaderboard ?? before?.leaderboard ?? { frozen: false, rows: [] },
    leaderboard_version: before?.leaderboard_version ?? 0,
    score_version: before?.score_version ?? 0
  };
}

function puzzle_view(puzzle: Puzzle, before: Model | null): PuzzleView {
  const known = before?.puzzles.get(puzzle.id);
  return {
    ...puzzle, clues: [...(puzzle.clues ?? [])], hints: [...(puzzle.hints ?? [])],
    fresh: known?.fresh
  };
}

// What an event left open, that only the server can tell: everything, one puzzle, or nothing.
export type Open = 'everything' | { puzzle: string } | null;

// Folds one event into the model. Folding the same event twice changes nothing more.
export function fold(model: Model, event: EventMessage): Open {
  const data = event.data;
  const id = typeof data['puzzle'] === 'string' ? data['puzzle'] : '';
  const puzzle = model.puzzles.get(id);
  switch (event.event) {
    case 'hunt_state_changed': model.hunt = { ...model.hunt, state: data['state'] as HuntRunState }; return null;
    case 'district_opened': return open_district(model, event, true);
    case 'district_closed': return open_district(model, event, false);
    case 'puzzle_unlocked': return unlock(model, event.data as unknown as Puzzle & { puzzle?: string });
    case 'puzzle_solved': if (puzzle) solve(puzzle, data['by'], data['points']); return puzzle ? null : { puzzle: id };
    case 'clue_discovered': return !puzzle || add_clue(puzzle, data['clue'] as Clue | undefined, data) ? { puzzle: id } : null;
    case 'hint_granted': return !puzzle || add_hint(puzzle, data['hint'] as Hint | undefined, data) ? { puzzle: id } : null;
    case 'member_joined': join(model.team, data['player'], data['name']); return null;
    case 'member_left': leave(model.team, data['player']); return null;
    case 'district_updated': case 'points_awarded': case 'erratum': return 'everything';
    case 'puzzle_event': return id ? { puzzle: id } : null;
    default: return null;
  }
}

// A puzzle as the server tells it now, in the place of what was known of it.
export function take_puzzle(model: Model, puzzle: Puzzle): void {
  model.puzzles.set(puzzle.id, puzzle_view(puzzle, model));
}

function open_district(model: Model, event: EventMessage, open: boolean): Open {
  const id = String(event.data['district']);
  const district = model.districts.get(id);
  if (!district) return 'everything';
  const changed = {
    ...district, open,
    opened: open ? event.time : district.opened,
    opened_at_ms: open ? Date.parse(event.time) : undefined
  };
  model.districts.set(id, changed);
  if (district.open !== open && model.hunt.districts_open !== undefined) {
    model.hunt = { ...model.hunt, districts_open: model.hunt.districts_open + (open ? 1 : -1) };
  }
  return null;
}

function unlock(model: Model, data: Puzzle & { puzzle?: string }): Open {
  const id = data.puzzle ?? data.id;
  if (!id) return 'everything';
  const known = model.puzzles.get(id);
  const { puzzle: _, ...rest } = data;
  model.puzzles.set(id, {
    ...known, ...rest, id, status: known?.status ?? data.status ?? 'open',
    clues: known?.clues ?? data.clues ?? [], hints: known?.hints ?? data.hints ?? [],
    fresh: known ? known.fresh : true
  });
  const district = model.districts.get(data.district);
  if (!known && district?.puzzles_locked) {
    model.districts.set(district.id, { ...district, puzzles_locked: district.puzzles_locked - 1 });
  }
  return model.puzzles.get(id)?.prompt === undefined ? { puzzle: id } : null;
}

export function solve(puzzle: PuzzleView, by: unknown, points: unknown): void {
  puzzle.status = 'solved';
  puzzle.fresh = false;
  if (typeof by === 'string') puzzle.solved_by = by;
  if (typeof points === 'number') puzzle.points = points;
  puzzle.lockout_until = undefined;
}

export function add_clue(puzzle: PuzzleView, clue: Clue | undefined, more: Record<string, unknown>): boolean {
  if (!clue) return true;
  if (puzzle.clues.some((known) => known.index === clue.index)) return false;
  puzzle.clues = [...puzzle.clues, clue].sort((a, b) => a.index - b.index);
  puzzle.clue_next = more['clue_next'] as PuzzleView['clue_next'];
  return !clue.text || (puzzle.clue_next === undefined && puzzle.clues.length < (puzzle.clues_total ?? 0));
}

export function add_hint(puzzle: PuzzleView, hint: Hint | undefined, more: Record<string, unknown>): boolean {
  if (!hint) return true;
  if (puzzle.hints.some((known) => known.index === hint.index)) return false;
  puzzle.hints = [...puzzle.hints, hint].sort((a, b) => a.index - b.index);
  puzzle.hint_next = more['hint_next'] as PuzzleView['hint_next'];
  return !hint.text || (puzzle.hint_next === undefined && puzzle.hints.length < (puzzle.hints_total ?? 0));
}

function join(team: Team, id: unknown, name: unknown): void {
  if (typeof id !== 'string' || typeof name !== 'string' || team.members.some((member) => member.id === id)) return;
  const member: Member = { id, name };
  team.members = [...team.members, member];
}

function leave(team: Team, id: unknown): void { team.members = team.members.filter((member) => member.id !== id); }

export function member_name(team: Team, by: string | undefined): string {
  if (!by) return 'Your team';
  return team.members.find((member) => member.id === by)?.name ?? by;
}
