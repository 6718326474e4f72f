// Requests that the server has not decided yet, in the order in which they were made. Each keeps its id for ever, so
// sending one again costs nothing: the server remembers its reply. It survives a reload of the page in the same tab.
//
// Bounds: kOutboxMax undecided requests; a further one is refused.
import type { RequestType, Requests } from './protocol.ts';

export const kOutboxMax = 32;

export interface OutboxRequest<T extends RequestType = RequestType> {
  id: string;
  type: T;
  data: Requests[T];
  sent: boolean;         // on this connection
  not_before_ms: number; // the server asked for patience
  tries: number;
}

export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export class Outbox {
  private readonly waiting_: OutboxRequest[] = [];

  constructor(private readonly kept_: KeyValueStore | null, private readonly key_: string) {
    for (const request of this.read()) this.waiting_.push({ ...request, sent: false, not_before_ms: 0, tries: 0 });
  }

  get requests(): readonly OutboxRequest[] { return this.waiting_; }
  get is_full(): boolean { return this.waiting_.length >= kOutboxMax; }
  find(id: string): OutboxRequest | undefined { return this.waiting_.find((request) => request.id === id); }

  add(request: OutboxRequest): void { this.waiting_.push(request); this.write(); }

  remove(id: string): OutboxRequest | undefined {
    const place = this.waiting_.findIndex((request) => request.id === id);
    if (place < 0) return undefined;
    const [removed] = this.waiting_.splice(place, 1);
    this.write();
    return removed;
  }

  // Marks as sent what may go now, with at most so many on their way at once, and says when the next one may whom the
  // server asked for patience (Infinity: nobody waits for that).
  take_due(now_ms: number, in_flight_max: number): { due: OutboxRequest[]; wake_ms: number } {
    const due: OutboxRequest[] = [];
    let in_flight = this.waiting_.filter((request) => request.sent).length;
    let wake_ms = Infinity;
    for (const request of this.waiting_) {
      if (request.sent) continue;
      if (request.not_before_ms > now_ms) { wake_ms = Math.min(wake_ms, request.not_before_ms - now_ms); continue; }
      if (in_flight >= in_flight_max) break;
      request.sent = true;
      in_flight++;
      due.push(request);
    }
    return { due, wake_ms };
  }

  // A new connection: whatever was on its way may have been lost with the old one.
  forget_sending(): void { for (const request of this.waiting_) request.sent = false; }

  clear(): void { this.waiting_.length = 0; this.write(); }

  private read(): Pick<OutboxRequest, 'id' | 'type' | 'data'>[] {
    try {
      const list: unknown = JSON.parse(this.kept_?.getItem(this.key_) ?? '[]');
      return Array.isArray(list) ? list.slice(0, kOutboxMax) : [];
    } catch { return []; }
  }

  private write(): void {
    try {
      if (this.waiting_.length === 0) this.kept_?.removeItem(this.key_);
      else this.kept_?.setItem(this.key_, JSON.stringify(this.waiting_.map(({ id, type, data }) => ({ id, type, data }))));
    } catch { /* A full or forbidden storage costs only what a reload would have kept. */ }
  }
}
