// Small things about streams and closes that the connection and its tests share.
import type { StreamAt, StreamName, Streams } from './protocol.ts';

export const kCloseReasons: Record<number, string> = {
  1001: 'the server is shutting down', 1006: 'the connection was lost', 1008: 'the server asked for patience',
  1012: 'the server is restarting', 1013: 'the server has too much to do', 4008: 'this device fell behind',
  4012: 'the connection was lost'
};

export function names(streams: Streams | undefined): StreamName[] { return Object.keys(streams ?? {}) as StreamName[]; }

export function copy(streams: Streams): Streams {
  const result: Streams = {};
  for (const name of names(streams)) result[name] = { ...(streams[name] as StreamAt) };
  return result;
}
