// Clues come in sequence: each is asked for, found on site, or told by a code.
import { useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import type { PuzzleView } from '../model.ts';

export function Clues({ puzzle }: { puzzle: PuzzleView }) {
  const total = puzzle.clues_total ?? puzzle.clues.length;
  if (total === 0) return null;
  const more = puzzle.clues.length < total && puzzle.status === 'open';
  return (
    <section class="helps" aria-labelledby="clues-heading">
      <h3 id="clues-heading">Clues <span class="count">{puzzle.clues.length} of {total}</span></h3>
      <ol class="help-list">{puzzle.clues.map((clue) => <li key={clue.index}>{clue.text}</li>)}</ol>
      {more && <NextClue puzzle={puzzle} />}
    </section>
  );
}

function NextClue({ puzzle }: { puzzle: PuzzleView }) {
  const { connection, store } = use_game();
  const [code, set_code] = useState('');
  const next = puzzle.clues.length;
  const waiting = store.attempts(puzzle.id).some((attempt) => attempt.undecided && attempt.kind === 'discover_clue');
  const ask = (event: Event) => {
    event.preventDefault();
    if (waiting) return;
    const typed = code.trim();
    if (puzzle.clue_next === 'code' && typed === '') return;
    connection.request('discover_clue', { puzzle: puzzle.id, clue: next, ...(typed ? { code: typed } : {}) });
    set_code('');
  };
  if (puzzle.clue_next === 'check_in' && !puzzle.checked_in) return <p class="quiet">The next clue is found where the puzzle is: check in there.</p>;
  return (
    <form class="row" onSubmit={ask}>
      {puzzle.clue_next === 'code' && (
        <label class="field inline"><span>Code found on site</span>
          <input type="text" class="code" value={code} autocomplete="off" spellcheck={false} autocapitalize="characters" maxLength={64} onInput={(event) => set_code(event.currentTarget.value)} />
        </label>
      )}
      <button type="submit" aria-disabled={waiting}>{waiting ? 'Asking…' : 'Find the next clue'}</button>
    </form>
  );
}
