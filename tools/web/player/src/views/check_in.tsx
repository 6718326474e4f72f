// Being there: by the device's position, or by the code that is posted on site.
import { useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import type { PuzzleView } from '../model.ts';
import { locate } from '../place.ts';
import { Icon } from './icons.tsx';

export function CheckIn({ puzzle, aside }: { puzzle: PuzzleView; aside?: boolean }) {
  const { connection } = use_game();
  const [code, set_code] = useState('');
  const [problem, set_problem] = useState('');
  const [open, set_open] = useState(false);
  const [looking, set_looking] = useState(false);

  if (puzzle.checked_in) return <p class="checked-in"><Icon name="pin" size={18} /> Your team has checked in here.</p>;
  if (puzzle.status === 'solved') return null;

  const by_position = async () => {
    if (looking) return;
    set_looking(true);
    set_problem('');
    const found = await locate();
    set_looking(false);
    if (!found.ok) return set_problem(found.why);
    connection.request('check_in', { puzzle: puzzle.id, at: found.at, accuracy_m: found.accuracy_m });
  };
  const by_code = (event: Event) => {
    event.preventDefault();
    const typed = code.trim();
    if (typed === '') return;
    connection.request('check_in', { puzzle: puzzle.id, code: typed });
    set_code('');
  };
  if (aside && !open) return <p class="aside"><button type="button" onClick={() => set_open(true)}><Icon name="pin" size={16} /> I am at the place</button></p>;
  return (
    <section class="check-in" aria-labelledby="check-in-heading">
      <h3 id="check-in-heading"><Icon name="pin" size={18} /> {puzzle.needs_check_in ? 'Answered on site' : 'On site'}</h3>
      <p class="quiet">{puzzle.radius_m ? `Come within ${puzzle.radius_m} m of the place, or type the code that is posted there.` : 'Type the code that is posted there.'}</p>
      <div class="row">
        {puzzle.radius_m ? <button type="button" onClick={by_position} aria-disabled={looking}>{looking ? 'Looking where you are…' : 'Check in here'}</button> : null}
        <form class="row" onSubmit={by_code}>
          <label class="field inline"><span class="visually-hidden">Check-in code</span>
            <input type="text" class="code" placeholder="Code" value={code} autocomplete="off" spellcheck={false} autocapitalize="characters" maxLength={64} onInput={(event) => set_code(event.currentTarget.value)} />
          </label>
          <button type="submit">Use code</button>
        </form>
      </div>
      <p class="form-error" role="alert">{problem}</p>
    </section>
  );
}
