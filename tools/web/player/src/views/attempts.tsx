// What was asked of this puzzle from here, newest first. The latest verdict is said to a screen reader once.
import type { Tone } from '../attempts.ts';
import { use_game } from '../hooks.ts';
import type { PuzzleView } from '../model.ts';
import { Icon, type IconName } from './icons.tsx';

const kIcons: Record<Tone, IconName> = { wait: 'wait', good: 'check', near: 'near', bad: 'cross', note: 'note' };

export function Attempts({ puzzle }: { puzzle: PuzzleView }) {
  const { store, connection } = use_game();
  const attempts = store.attempts(puzzle.id);
  const latest = attempts[0];
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="assertive" data-testid="verdict">{latest ? `${latest.what}: ${latest.text}` : ''}</div>
      {attempts.length > 0 && (
        <ul class="attempts" aria-label="What you tried">
          {attempts.map((attempt) => (
            <li key={attempt.id} class={`attempt attempt-${attempt.tone}`}>
              <Icon name={kIcons[attempt.tone]} size={18} />
              <span class="attempt-what">{attempt.what}</span>
              <span class="attempt-text">{attempt.text}</span>
              {attempt.can_withdraw && <button type="button" onClick={() => connection.withdraw(attempt.id)}>Withdraw</button>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
