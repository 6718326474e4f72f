// The door: make a team, join one, or come back with a recovery code.
import { useEffect, useRef, useState } from 'preact/hooks';
import { join_team, make_team, recover, type Entered } from '../api.ts';
import type { Credentials } from '../protocol.ts';
import { Mark } from './icons.tsx';
import { Terrain } from './terrain.tsx';

type Way = 'make' | 'join' | 'recover';
const kWays: { way: Way; label: string }[] = [
  { way: 'make', label: 'Make a team' }, { way: 'join', label: 'Join a team' }, { way: 'recover', label: 'Come back' }
];
const kExplained: Record<Way, string> = {
  make: 'You become its captain and get a code for the others.',
  join: 'Ask a teammate for the join code: it stands on their Team page.',
  recover: 'With your recovery code you go on where you were. The old device is signed out.'
};
const kButton: Record<Way, string> = { make: 'Make the team', join: 'Join the team', recover: 'Come back' };

export function Entry({ enter, invited_by }: { enter: (credentials: Credentials, is_new: boolean) => void; invited_by?: string }) {
  const [way, set_way] = useState<Way>(invited_by ? 'join' : 'make');
  const [team_name, set_team_name] = useState('');
  const [player_name, set_player_name] = useState('');
  const [join_code, set_join_code] = useState(invited_by ?? '');
  const [recovery_code, set_recovery_code] = useState('');
  const [error, set_error] = useState('');
  const [busy, set_busy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => { document.title = 'Cairn'; }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    set_busy(true);
    set_error('');
    const entered = await send();
    set_busy(false);
    if (entered.ok) return enter(entered.credentials, way !== 'recover');
    set_error(entered.error.message);
    form.current?.querySelector('input')?.focus();
  };
  const send = (): Promise<Entered> => {
    if (way === 'make') return make_team(team_name.trim(), player_name.trim());
    if (way === 'join') return join_team(join_code.trim(), player_name.trim());
    return recover(recovery_code.trim());
  };

  return (
    <main class="entry">
      <Terrain />
      <div class="entry-inner">
        <header class="entry-head">
          <p class="wordmark"><Mark size={44} /> Cairn</p>
          <h1>The city is the board.</h1>
          <p class="lede">Solve what stands at the corner. Every answer adds a stone, and district by district the map opens.</p>
        </header>
        <section class="entry-card" aria-label="Enter the hunt">
          <div class="segments" role="group" aria-label="How to enter">
            {kWays.map((one) => (
              <button type="button" key={one.way} aria-pressed={way === one.way} onClick={() => { set_way(one.way); set_error(''); }}>{one.label}</button>
            ))}
          </div>
          <form ref={form} onSubmit={submit}>
            <p class="explained">{kExplained[way]}</p>
            {way === 'make' && <Field label="Team name" value={team_name} set={set_team_name} max={40} />}
            {way === 'join' && <Field label="Join code" value={join_code} set={set_join_code} max={32} code />}
            {way === 'recover' && <Field label="Recovery code" value={recovery_code} set={set_recovery_code} max={64} code />}
            {way !== 'recover' && <Field label="Your name" value={player_name} set={set_player_name} max={40} autocomplete="nickname" />}
            <p class="form-error" role="alert">{error}</p>
            <button class="primary wide" type="submit" aria-disabled={busy}>{busy ? 'One moment…' : kButton[way]}</button>
          </form>
        </section>
        <p class="entry-foot">Your place is kept on this device. Nothing on this page comes from another server.</p>
      </div>
    </main>
  );
}

interface FieldProps {
  label: string;
  value: string;
  set: (value: string) => void;
  max: number;
  code?: boolean;
  autocomplete?: string;
}

function Field({ label, value, set, max, code, autocomplete }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input type="text" required maxLength={max} value={value} class={code ? 'code' : undefined} spellcheck={false}
        autocomplete={autocomplete ?? 'off'} autocapitalize={code ? 'characters' : 'words'}
        onInput={(event) => set(event.currentTarget.value)} />
    </label>
  );
}
