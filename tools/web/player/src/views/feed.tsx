// What happened since the page was opened, newest first.
import { useState } from 'preact/hooks';
import { time_text, use_game } from '../hooks.ts';
import type { FeedItem, FeedKind } from '../feed.ts';
import { district_link, puzzle_link } from '../route.ts';
import { Icon, type IconName } from './icons.tsx';

export const kFeedIcons: Record<FeedKind, IconName> = {
  district: 'open', closed: 'lock', solved: 'check', first: 'star', other_solved: 'check', unlocked: 'puzzle', clue: 'clue',
  hint: 'bulb', announcement: 'horn', member: 'team', state: 'note'
};
const kShownMax = 80;

export function Feed() {
  const { store } = use_game();
  const [everything, set_everything] = useState(false);
  const items = store.feed.filter((item) => everything || item.kind !== 'other_solved').slice(0, kShownMax);
  return (
    <div class="panel">
      <div class="panel-head">
        <h2>Feed</h2>
        <label class="switch"><input type="checkbox" checked={everything} onChange={(event) => set_everything(event.currentTarget.checked)} /> <span>Other teams’ solves</span></label>
      </div>
      {items.length === 0 && <p class="empty">Nothing yet. Openings, solves and announcements appear here as they happen.</p>}
      <ol class="feed" data-testid="feed">{items.map((item) => <Line key={item.key} item={item} />)}</ol>
    </div>
  );
}

function Line({ item }: { item: FeedItem }) {
  const link = item.puzzle ? puzzle_link(item.puzzle) : item.district ? district_link(item.district) : undefined;
  return (
    <li class={`feed-line feed-${item.kind}`}>
      <span class="feed-icon" style={item.colour && item.kind === 'district' ? { background: item.colour } : undefined}><Icon name={kFeedIcons[item.kind]} size={16} /></span>
      <div>
        <p>{link ? <a href={link}>{item.text}</a> : item.text}</p>
        {item.detail && <p class="quiet">{item.detail}</p>}
      </div>
      <time dateTime={new Date(item.at_ms).toISOString()}>{time_text(item.at_ms)}</time>
    </li>
  );
}
