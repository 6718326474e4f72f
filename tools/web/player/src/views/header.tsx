// Who one is, how the team stands, and what the connection is doing.
import { use_countdown, use_game } from '../hooks.ts';
import { Mark } from './icons.tsx';

export function Header() {
  const { store } = use_game();
  const model = store.model;
  return (
    <header class="top">
      <div class="brand">
        <Mark size={34} />
        <div class="names">
          <h1>{model?.hunt.name ?? 'Cairn'}</h1>
          <p>{model?.team.name ?? ''}</p>
        </div>
      </div>
      {model && (
        <dl class="standing">
          <div><dt>Points</dt><dd data-testid="points">{model.team.points}</dd></div>
          <div><dt>Rank</dt><dd>{model.team.rank ? `#${model.team.rank}` : '–'}</dd></div>
          <div class="wide-only"><dt>Solved</dt><dd>{model.team.solved ?? 0}</dd></div>
        </dl>
      )}
      <ConnectionPill />
    </header>
  );
}

const kCaughtUpMs = 6000;

export function ConnectionPill() {
  const { store, connection } = use_game();
  const { phase, retry_at_ms, reason } = store.status;
  const left_ms = use_countdown(phase === 'waiting' ? retry_at_ms : undefined, Date.now);
  const { missed } = store.status;
  const shown_ms = use_countdown(store.caught_up_at_ms === undefined ? undefined : store.caught_up_at_ms + kCaughtUpMs, Date.now);
  const undecided = store.undecided_count();
  const text = (): string => {
    switch (phase) {
      case 'online':
        if (shown_ms > 0) return missed > 0 ? `Caught up on ${missed}` : 'Caught up';
        return 'Live';
      case 'catching_up': return 'Catching up…';
      case 'connecting': return store.status.attempt > 0 ? 'Reconnecting…' : 'Connecting…';
      case 'greeting': return store.model ? 'Resuming…' : 'Connecting…';
      case 'waiting': return `Reconnecting in ${Math.max(1, Math.ceil(left_ms / 1000))} s`;
      case 'replaced': return 'Playing elsewhere';
      case 'refused': return 'Signed out';
      case 'idle': return 'Not connected';
    }
  };
  const waiting = phase === 'waiting';
  const telling = undecided > 0 || shown_ms > 0;
  return (
    <div class={`pill pill-${phase} ${telling ? 'is-telling' : ''}`} data-testid="connection" title={waiting && reason ? reason : undefined}>
      <span class="dot" aria-hidden="true" />
      <span class="pill-text">{text()}</span>
      {waiting && left_ms > 1500 && <button type="button" onClick={() => connection.retry_now()}>Now<span class="visually-hidden">: reconnect</span></button>}
      {undecided > 0 && <span class="undecided">{undecided} unsent or undecided</span>}
      {waiting && <span class="visually-hidden">{reason}</span>}
    </div>
  );
}
