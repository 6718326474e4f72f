// Timers by name: setting one again replaces it, and all of them end together with the connection they belong to.
import type { World } from './seams.ts';

export class Timers {
  private readonly running_ = new Map<string, unknown>();

  constructor(private readonly world_: Pick<World, 'after' | 'cancel'>) {}

  has(name: string): boolean { return this.running_.has(name); }

  set(name: string, ms: number, run: () => void): void {
    this.clear(name);
    this.running_.set(name, this.world_.after(ms, () => { this.running_.delete(name); run(); }));
  }

  clear(name: string): void {
    if (this.running_.has(name)) this.world_.cancel(this.running_.get(name));
    this.running_.delete(name);
  }

  clear_all(): void { for (const name of [...this.running_.keys()]) this.clear(name); }
}
