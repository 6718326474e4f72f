// How long to wait before the next attempt: it doubles up to a bound, and half of it is chance, so that thousands of
// telephones that lost the same server do not come back in the same instant.

export const kBackoffFirstMs = 1000;
export const kBackoffMaxMs = 20_000;

export function backoff_ms(attempt: number, random: () => number): number {
  const bound = Math.min(kBackoffMaxMs, kBackoffFirstMs * 2 ** Math.min(attempt, 16));
  return Math.round(bound / 2 + (random() * bound) / 2);
}
