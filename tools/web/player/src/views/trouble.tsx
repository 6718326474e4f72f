// The two endings that need the player's decision, said in full.
import { use_game } from '../hooks.ts';

export function Trouble({ leave }: { leave: () => void }) {
  const { store, connection } = use_game();
  const { phase, reason } = store.status;
  if (phase === 'replaced') {
    return (
      <div class="banner banner-strong" role="alert">
        <p><strong>You are playing in another window or on another device.</strong> This one has stopped.</p>
        <button type="button" class="primary" onClick={() => connection.take_back()}>Play here</button>
      </div>
    );
  }
  if (phase === 'refused') {
    return (
      <div class="banner banner-strong" role="alert">
        <p><strong>The server has signed this device out.</strong> {reason ?? 'If you came back on another device, play on there.'}</p>
        <div class="row">
          <button type="button" onClick={() => connection.take_back()}>Try again</button>
          <button type="button" class="primary" onClick={leave}>Enter anew</button>
        </div>
      </div>
    );
  }
  return null;
}
