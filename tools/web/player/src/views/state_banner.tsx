import type { Model } from '../model.ts';
import { state_text } from '../feed.ts';

export function StateBanner({ model }: { model: Model }) {
  const { rehearsal, state } = model.hunt;
  return (
    <>
      {rehearsal && <p class="banner banner-rehearsal" role="note">This is a rehearsal, not the hunt: time goes {rehearsal.speed} times as fast, and nothing here counts.</p>}
      {state !== 'running' && <p class={`banner banner-${state}`}>{state_text(state)}.</p>}
    </>
  );
}
