// Where in the page one is, kept in the address's fragment: it works with the browser's back button and is never sent.
import { useEffect, useState } from 'preact/hooks';

export type Place = 'map' | 'puzzles' | 'feed' | 'board' | 'team';
export interface Route { place: Place; district?: string; puzzle?: string; join?: string }

const kPlaces: readonly string[] = ['map', 'puzzles', 'feed', 'board', 'team'];

export function parse_route(fragment: string): Route {
  const [first = '', second] = fragment.replace(/^#\/?/, '').split('/').map(decode);
  if (first === 'puzzle' && second) return { place: 'puzzles', puzzle: second };
  if (first === 'join' && second) return { place: 'map', join: second };
  if (first === 'puzzles' && second) return { place: 'puzzles', district: second };
  return { place: (kPlaces.includes(first) ? first : 'puzzles') as Place };
}

export const puzzle_link = (id: string) => `#/puzzle/${encodeURIComponent(id)}`;
export const district_link = (id: string) => `#/puzzles/${encodeURIComponent(id)}`;
export const join_link = (code: string) => `${location.origin}/#/join/${encodeURIComponent(code)}`;

export function use_route(): Route {
  const [route, set_route] = useState(() => parse_route(location.hash));
  useEffect(() => {
    const changed = () => set_route(parse_route(location.hash));
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return route;
}

function decode(text: string): string { try { return decodeURIComponent(text); } catch { return text; } }
