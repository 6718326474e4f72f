// Goal: what the page shows is the fold of what the server said, whatever the order of states, events and replies.
// It breaks: the order of cuts and events, repeated events, events of unknown things, old notices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kFeedMax } from '../../../tools/web/player/src/feed.ts';
import { Script, state, streams } from './scripted.mjs';

const puzzle = (script, id = 'bell') => script.store.model.puzzles.get(id);
const district = (script, id) => script.store.model.districts.get(id);

test('a district opens in the model, the feed and the moment', () => {
  const script = new Script().goes_online();
  script.event('hunt', 1, 'district_opened', { district: 'mill', name: 'The Mill', revision: 1 });
  assert.equal(district(script, 'mill').open, true);
  assert.equal(script.store.model.hunt.districts_open, 2);
  assert.equal(script.store.latest_loud.text, 'The Mill is open');
});

test('an event behind a state’s cut is told but not folded again', () => {
  const script = new Script().goes_online();
  script.connection.refresh_state();
  const closed = state({ hunt: 2 });
  script.replies(script.last('get_state').id, closed);
  script.event('hunt', 1, 'district_opened', { district: 'mill', name: 'The Mill' });
  assert.equal(district(script, 'mill').open, false, 'the cut at 2 already knows that it closed again');
  script.event('hunt', 2, 'district_closed', { district: 'mill' });
  assert.deepEqual(script.store.feed.map((item) => item.kind), ['closed', 'district']);
  assert.equal(script.connection.counters.gaps, 0);
});

test('an event that overtook the state is folded on top of it', () => {
  const script = new Script().goes_online();
  script.connection.refresh_state();
  script.event('hunt', 1, 'district_opened', { district: 'mill', name: 'The Mill' });
  script.state({ hunt: 0 });
  assert.equal(district(script, 'mill').open, true);
  assert.equal(script.store.model.hunt.districts_open, 2);
});

test('an unlocked puzzle is listed at once and its text is fetched within a bounded time', () => {
  const script = new Script().goes_online();
  script.event('team', 1, 'puzzle_unlocked', { puzzle: 'gull', district: 'quay', title: 'Gull' });
  script.event('team', 2, 'puzzle_unlocked', { puzzle: 'rope', district: 'quay', title: 'Rope' });
  assert.equal(puzzle(script, 'gull').title, 'Gull');
  assert.equal(district(script, 'quay').puzzles_locked, 0);
  script.clock.pass(1500);
  const asked = script.last('get_state');
  assert.deepEqual(asked.data.puzzles, ['gull', 'rope']);
  script.replies(asked.id, { at: '', streams: streams({ team: 2 }), puzzles: [{ id: 'gull', district: 'quay', title: 'Gull', prompt: 'What did it say?', status: 'open', points_now: 70 }] });
  assert.equal(puzzle(script, 'gull').prompt, 'What did it say?');
  assert.equal(puzzle(script, 'gull').fresh, true);
  assert.equal(puzzle(script).prompt, 'Ring it.', 'a narrowed state leaves the others alone');
});

test('a puzzle that is looked at is fetched at once', () => {
  const script = new Script().goes_online();
  script.event('team', 1, 'puzzle_unlocked', { puzzle: 'gull', district: 'quay', title: 'Gull' });
  script.store.seen('gull');
  assert.deepEqual(script.sent.at(-1).data, { puzzles: ['gull'] });
});

test('a fetch that the connection took with it is asked for again', () => {
  const script = new Script().goes_online();
  script.event('team', 1, 'puzzle_unlocked', { puzzle: 'gull', district: 'quay', title: 'Gull' });
  script.store.seen('gull');
  script.loses();
  script.waits();
  script.open();
  script.says({ type: 'resumed', data: { streams: streams({ team: 1 }), resume_token: 'r' } });
  assert.deepEqual(script.last('get_state').data, { puzzles: ['gull'] });
});

test('many unlocks of one opening become one line', () => {
  const script = new Script().goes_online();
  for (let n = 1; n <= 40; n++) script.event('team', n, 'puzzle_unlocked', { puzzle: `q${n}`, district: 'quay', title: `Q${n}` });
  assert.equal(script.store.feed.length, 1);
  assert.equal(script.store.feed[0].text, '40 new puzzles in The Quay');
});

test('a correct answer solves the puzzle, and the team’s event tells it once', () => {
  const script = new Script().goes_online();
  const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'ding' });
  script.replies(id, { verdict: 'correct', points: 100, guesses_left: 5 });
  assert.equal(puzzle(script).status, 'solved');
  script.event('team', 1, 'puzzle_solved', { puzzle: 'bell', by: 'Maren', points: 100 });
  script.event('hunt', 1, 'team_solved', { team: 't1', name: 'Herons', puzzle: 'bell', district: 'quay', rank: 1 });
  assert.deepEqual(script.store.feed.map((item) => item.text), ['Maren solved Bell']);
  assert.equal(puzzle(script).solved_by, 'Maren');
});

test('each verdict has its own words', () => {
  const script = new Script().goes_online();
  const said = [];
  for (const reply of [
    { verdict: 'incorrect', guesses_left: 3 }, { verdict: 'incorrect', guesses_left: 1 }, { verdict: 'partial', text: 'Warmer', guesses_left: 2 },
    { verdict: 'already_tried', guesses_left: 2 }, { verdict: 'already_solved', guesses_left: 2 }, { verdict: 'correct', points: 90, guesses_left: 2 }
  ]) {
    const id = script.connection.request('submit_answer', { puzzle: 'bell', answer: 'x' });
    script.replies(id, reply);
    said.push(script.store.attempts('bell')[0].text);
  }
  assert.deepEqual(said, [
    'Incorrect, 3 guesses left', 'Incorrect, 1 guess left', 'Warmer (2 guesses left)', 'Your team has tried that already: it cost nothing',
    'Your team has solved this already', 'Correct: 90 points'
  ]);
});

test('a hint shows, costs, and makes the next one be looked up', () => {
  const script = new Script();
  script.connection.connect();
  script.open();
  script.welcome();
  const two = state();
  two.puzzles[0].hints_total = 2;
  script.replies(script.last('get_state').id, two);
  const id = script.connection.request('request_hint', { puzzle: 'bell', hint: 0 });
  script.replies(id, { hint: { index: 0, text: 'Pull the rope.' }, cost: 10, points: 40 });
  assert.deepEqual(puzzle(script).hints, [{ index: 0, text: 'Pull the rope.' }]);
  assert.equal(script.store.model.team.points, 40);
  assert.deepEqual(script.sent.at(-1).data, { puzzles: ['bell'] });
  script.event('team', 1, 'hint_granted', { puzzle: 'bell', hint: { index: 0, text: 'Pull the rope.' }, cost: 10, by: 'Maren' });
  assert.equal(puzzle(script).hints.length, 1, 'the reply and the event are one hint');
});

test('clues stand in their order whoever found them', () => {
  const script = new Script().goes_online();
  script.event('team', 1, 'clue_discovered', { puzzle: 'bell', clue: { index: 1, text: 'Second' }, by: 'Ole' });
  script.event('team', 2, 'clue_discovered', { puzzle: 'bell', clue: { index: 0, text: 'First' }, by: 'Ole' });
  assert.deepEqual(puzzle(script).clues.map((clue) => clue.text), ['First', 'Second']);
});

test('a notice older than the last one changes nothing', () => {
  const script = new Script().goes_online();
  script.says({ type: 'notice', notice: 'score', version: 9, data: { points: 300, earned: 300, rank: 1, solved: 3 } });
  script.says({ type: 'notice', notice: 'score', version: 8, data: { points: 200, earned: 200, rank: 2, solved: 2 } });
  assert.equal(script.store.model.team.points, 300);
  assert.equal(script.store.model.team.name, 'Herons');
});

test('a member who joins is listed once', () => {
  const script = new Script().goes_online();
  script.event('team', 1, 'member_joined', { player: 'p2', name: 'Ole' });
  script.connection.refresh_state();
  script.state({ team: 0 });
  assert.deepEqual(script.store.model.team.members.map((member) => member.name), ['Maren', 'Ole']);
});

test('events of things that the page does not know hurt nothing', () => {
  const script = new Script().goes_online();
  script.event('hunt', 1, 'district_opened', { district: 'atlantis', name: 'Atlantis' });
  script.event('team', 1, 'puzzle_solved', { puzzle: 'unknown', by: 'Ole', points: 5 });
  script.event('team', 2, 'weather', { sun: true });
  assert.equal(script.phase, 'online');
  assert.equal(script.store.feed.length, 2);
});

test('the feed is bounded', () => {
  const script = new Script().goes_online();
  for (let n = 1; n <= kFeedMax + 20; n++) script.event('hunt', n, 'announcement', { text: `${n}` });
  assert.equal(script.store.feed.length, kFeedMax);
  assert.equal(script.store.feed[0].text, `${kFeedMax + 20}`);
});

test('in a rehearsal the server’s clock goes faster than ours, and what it says of it counts anew', () => {
  const script = new Script().goes_online({}, { hunt: { id: 'h', name: 'Hunt', state: 'running', rehearsal: { speed: 60 } } });
  script.store.on_server_time(5_000);
  const before = script.store.server_now_ms();
  assert.equal(before, script.clock.now + 5_000);
  script.clock.pass(2_000);
  assert.equal(script.store.server_now_ms(), before + 120_000);
  script.store.on_server_time(0);
  assert.equal(script.store.server_now_ms(), script.clock.now);
});
