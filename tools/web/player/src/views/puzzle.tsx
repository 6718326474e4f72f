// One puzzle: its prompt, the answer box, and what helps with it.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import { member_name, type PuzzleView } from '../model.ts';
import { district_link } from '../route.ts';
import { AnswerBox } from './answer_box.tsx';
import { Attempts } from './attempts.tsx';
import { CheckIn } from './check_in.tsx';
import { Clues } from './clues.tsx';
import { Hints } from './hints.tsx';
import { Icon } from './icons.tsx';
import { Prompt } from './prompt.tsx';

export function PuzzleDetail({ puzzle }: { puzzle: PuzzleView }) {
  const { store } = use_game();
  const model = store.model!;
  const district = model.districts.get(puzzle.district);
  const heading = useRef<HTMLHeadingElement>(null);
  const solved = puzzle.status === 'solved';
  const place = puzzle.radius_m || puzzle.needs_check_in;
  const on_site = puzzle.needs_check_in || puzzle.clue_next === 'check_in';

  // With the change itself, not after the next paint: until then a key would go to a card that is no longer there.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [puzzle.id]);
  useEffect(() => store.seen(puzzle.id), [puzzle.id]);

  return (
    <article class="puzzle" style={{ '--district': district?.colour ?? 'var(--accent)' }}>
      <p class="back"><a href="#/puzzles"><Icon name="back" size={16} /> Puzzles</a></p>
      <header class="puzzle-head">
        <p class="eyebrow"><a href={district_link(puzzle.district)}>{district?.name ?? puzzle.district}</a></p>
        <h2 id="puzzles-heading" tabIndex={-1} ref={heading}>{puzzle.title}</h2>
        <p class="puzzle-worth">
          {solved
            ? <span class="state state-solved"><Icon name="check" size={16} /> Solved{puzzle.solved_by ? ` by ${member_name(model.team, puzzle.solved_by)}` : ''}{puzzle.points === undefined ? '' : `, ${puzzle.points} points`}</span>
            : <span class="points-now">{puzzle.points_now ?? '?'} points</span>}
        </p>
      </header>
      {puzzle.prompt === undefined && <p class="quiet">Fetching the puzzle…</p>}
      <Prompt text={puzzle.prompt ?? ''} />
      {puzzle.accessibility && <details class="accessibility"><summary>Playing this from elsewhere</summary><p>{puzzle.accessibility}</p></details>}
      {place && on_site ? <CheckIn puzzle={puzzle} /> : null}
      {!solved && <AnswerBox puzzle={puzzle} />}
      <Attempts puzzle={puzzle} />
      {place && !on_site && !solved ? <CheckIn puzzle={puzzle} aside /> : null}
      <Clues puzzle={puzzle} />
      <Hints puzzle={puzzle} />
    </article>
  );
}
