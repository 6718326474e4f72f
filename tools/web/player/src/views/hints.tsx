// Hints cost points, so buying one takes two steps.
import { useState } from 'preact/hooks';
import { clock_text, use_countdown, use_game } from '../hooks.ts';
import type { PuzzleView } from '../model.ts';

export function Hints({ puzzle }: { puzzle: PuzzleView }) {
  const total = puzzle.hints_total ?? puzzle.hints.length;
  if (total === 0) return null;
  const more = puzzle.hints.length < total && puzzle.status === 'open';
  return (
    <section class="helps" aria-labelledby="hints-heading">
      <h3 id="hints-heading">Hints <span class="count">{puzzle.hints.length} of {total}</span></h3>
      <ol class="help-list">{puzzle.hints.map((hint) => <li key={hint.index}>{hint.text}</li>)}</ol>
      {more && <NextHint puzzle={puzzle} key={puzzle.hints.length} />}
    </section>
  );
}

function NextHint({ puzzle }: { puzzle: PuzzleView }) {
  const { connection, store } = use_game();
  const [asked, set_asked] = useState(false);
  const next = puzzle.hint_next;
  const cost = next?.cost ?? 0;
  const left_ms = use_countdown(next?.available_at ? Date.parse(next.available_at) : undefined, () => store.server_now_ms());
  const waiting = store.attempts(puzzle.id).some((attempt) => attempt.undecided && attempt.kind === 'request_hint');
  const affordable = (store.model?.team.points ?? 0) >= cost;

  if (left_ms > 0) return <p class="quiet">The next hint can be taken in {clock_text(left_ms)}.</p>;
  if (waiting) return <p class="quiet">Asking for the hint…</p>;
  if (!next) return <p class="quiet">Looking up the next hint…</p>;
  if (!affordable) return <p class="quiet">The next hint costs {cost} points: more than your team has.</p>;
  const buy = () => { set_asked(false); connection.request('request_hint', { puzzle: puzzle.id, hint: next.index }); };
  if (!asked && cost > 0) return <button type="button" onClick={() => set_asked(true)}>Take a hint for {cost} points</button>;
  if (cost === 0) return <button type="button" onClick={buy}>Take a free hint</button>;
  return (
    <div class="confirm">
      <p>This takes {cost} points from your team for good.</p>
      <div class="row">
        <button type="button" class="primary" onClick={buy}>Take it</button>
        <button type="button" onClick={() => set_asked(false)}>Not now</button>
      </div>
    </div>
  );
}
