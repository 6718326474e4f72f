// How views hear of change: at most once a frame and kRenderMs, however many events arrive.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Game } from './session.ts';

const kRenderMs = 60;

export const GameContext = createContext<Game | null>(null);

export function use_game(): Game {
  const game = useContext(GameContext);
  if (!game) throw new Error('a view of the game stands outside of it');
  return game;
}

export function use_changes(game: Game): void {
  const [, render] = useState(0);
  useEffect(() => {
    let timer: number | undefined;
    const unwatch = game.store.watch(() => {
      timer ??= window.setTimeout(() => { timer = undefined; render((count) => count + 1); }, kRenderMs);
    });
    render((count) => count + 1);
    return () => { unwatch(); window.clearTimeout(timer); };
  }, [game]);
}

// The present moment, once a second for as long as `until_ms` lies ahead of it.
export function use_countdown(until_ms: number | undefined, now_ms: () => number): number {
  const [now, set_now] = useState(now_ms);
  const left_ms = until_ms === undefined ? 0 : until_ms - now_ms();
  useEffect(() => {
    if (left_ms <= 0) return undefined;
    const timer = window.setTimeout(() => set_now(now_ms()), Math.min(1000, left_ms % 1000 || 1000));
    return () => window.clearTimeout(timer);
  }, [now, until_ms, left_ms <= 0]);
  return Math.max(0, left_ms);
}

export function clock_text(left_ms: number): string {
  const seconds = Math.ceil(left_ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

export function time_text(at_ms: number): string {
  return new Date(at_ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
