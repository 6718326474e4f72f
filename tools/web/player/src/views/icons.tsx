// Line icons, drawn here so that none has to be fetched. They are ornaments: the words beside them carry the meaning.
const kPaths = {
  map: 'M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20zM9 4v13.5M15 6.5V20',
  puzzle: 'M10 4.5a2 2 0 1 1 4 0V6h4v4h-1.5a2 2 0 1 0 0 4H18v5H6v-5h1.5a2 2 0 1 0 0-4H6V6h4z',
  feed: 'M5 6h14M5 12h14M5 18h9',
  board: 'M5 20V11h4v9M10 20V5h4v15M15 20v-6h4v6M3 20h18',
  team: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M15.5 4.5a3.5 3.5 0 0 1 0 6.5M17 14c2.5.5 4 2.5 4.5 6',
  check: 'M5 12.5 10 17.5 19.5 7',
  cross: 'M6 6l12 12M18 6 6 18',
  near: 'M12 4v9M12 18.5v.01',
  wait: 'M12 7v5l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  open: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.7-1.4',
  pin: 'M12 21c4.5-5 6.5-8.3 6.5-11a6.5 6.5 0 1 0-13 0c0 2.7 2 6 6.5 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  bulb: 'M9 18h6M10 21h4M8.5 15C6.8 13.7 6 12 6 10a6 6 0 1 1 12 0c0 2-.8 3.7-2.5 5z',
  star: 'M12 4l2.4 5.2 5.6.7-4.1 3.9 1.1 5.6L12 16.6 7 19.4l1.1-5.6L4 9.9l5.6-.7z',
  horn: 'M4 10v4h3l8 4.5v-13L7 10zM18.5 9a4 4 0 0 1 0 6',
  back: 'M14.5 5 7.5 12l7 7',
  clue: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21',
  note: 'M12 11v6M12 7.5v.01M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z'
} as const;

export type IconName = keyof typeof kPaths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d={kPaths[name]} /></svg>
  );
}

export function Mark({ size = 30 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <ellipse class="mark-stone" cx="32" cy="52" rx="26" ry="9" />
      <ellipse class="mark-stone" cx="34" cy="35.5" rx="18" ry="7.5" />
      <ellipse class="mark-stone" cx="30.5" cy="21.5" rx="12" ry="6" />
      <ellipse class="mark-top" cx="33" cy="9.5" rx="7" ry="5" />
    </svg>
  );
}
