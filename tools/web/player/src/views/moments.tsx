// What deserves a moment: a district opens, the team solves, the organisers speak. Shown for a while and said once.
import { useEffect, useState } from 'preact/hooks';
import { use_game } from '../hooks.ts';
import { district_link, puzzle_link } from '../route.ts';
import type { FeedItem } from '../feed.ts';
import { Icon } from './icons.tsx';
import { kFeedIcons } from './feed.tsx';

const kMomentMs = 9000;

export function Moments() {
  const { store } = use_game();
  const latest = store.latest_loud;
  const [shown, set_shown] = useState<FeedItem | null>(null);

  useEffect(() => {
    if (!latest) return undefined;
    set_shown(latest);
    const timer = window.setTimeout(() => set_shown(null), kMomentMs);
    return () => window.clearTimeout(timer);
  }, [latest]);

  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">{latest ? [latest.text, latest.kind === 'solved' ? latest.detail : ''].join('. ') : ''}</div>
      {shown && (
        <div class={`moment moment-${shown.kind}`} data-testid="moment">
          <span class="moment-icon" style={shown.colour ? { background: shown.colour } : undefined}><Icon name={kFeedIcons[shown.kind]} size={22} /></span>
          <div class="moment-text">
            <p>{shown.text}</p>
            {shown.detail && <p class="quiet">{shown.detail}</p>}
          </div>
          {link_of(shown) && <a class="button" href={link_of(shown)} onClick={() => set_shown(null)}>Show</a>}
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => set_shown(null)}><Icon name="cross" size={18} /></button>
        </div>
      )}
    </>
  );
}

function link_of(item: FeedItem): string | undefined {
  if (item.kind === 'district' && item.district) return district_link(item.district);
  if (item.puzzle && item.kind !== 'solved') return puzzle_link(item.puzzle);
  return undefined;
}
