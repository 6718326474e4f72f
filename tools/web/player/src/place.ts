// Asks the device where it is, once, when the player says so.
import type { Position } from './protocol.ts';

export type Located = { ok: true; at: Position; accuracy_m: number } | { ok: false; why: string };

const kLocateMsMax = 20_000;

export function locate(): Promise<Located> {
  if (!window.isSecureContext || !navigator.geolocation) {
    return Promise.resolve({ ok: false, why: 'This browser tells a page where it is only over HTTPS. Use the code instead.' });
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ ok: true, at: [coords.longitude, coords.latitude], accuracy_m: Math.ceil(coords.accuracy) }),
      (error) => resolve({ ok: false, why: kWhy[error.code] ?? 'The device does not know where it is.' }),
      { enableHighAccuracy: true, timeout: kLocateMsMax, maximumAge: 0 }
    );
  });
}

const kWhy: Record<number, string> = {
  1: 'You have not allowed this page to know where you are. Allow it, or use the code.',
  2: 'The device does not know where it is. Use the code, or try again outside.',
  3: 'Finding where you are took too long. Try again outside, or use the code.'
};
