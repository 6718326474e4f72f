import type { Model } from '../model.ts';
import { state_text } from '../feed.ts';

export function StateBanner({ model }: { model: Model }) {
  if (model.hunt.state === 'running') return null;
  return <p class={`banner banner-${model.hunt.state}`}>{state_text(model.hunt.state)}.</p>;
}
