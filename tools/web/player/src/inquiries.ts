// What the page still has to ask the server for (get_state: everything, or single puzzles), and what it has asked and
// not been told. Bookkeeping only: the connection sends.
//
// Bounds: kPuzzlesAskedMax puzzles in one request, so that it stays within the protocol's 4 KiB.

export const kPuzzlesAskedMax = 32;
export type Inquiry = 'everything' | string[];

export class Inquiries {
  private everything_wanted_ = true;
  private readonly wanted_ = new Set<string>();
  private readonly asked_ = new Map<string, Inquiry>();

  want_everything(): void { this.everything_wanted_ = true; }
  want_puzzle(id: string): void { if (![...this.asked_.values()].some((asked) => asked.includes(id))) this.wanted_.add(id); }

  get has_puzzles(): boolean { return this.wanted_.size > 0; }

  // Everything, if that is wanted and not on its way already.
  take_everything(): Inquiry | null {
    if (!this.everything_wanted_ || [...this.asked_.values()].includes('everything')) return null;
    this.everything_wanted_ = false;
    return 'everything';
  }

  take_puzzles(): Inquiry | null {
    const puzzles = [...this.wanted_].slice(0, kPuzzlesAskedMax);
    for (const puzzle of puzzles) this.wanted_.delete(puzzle);
    return puzzles.length > 0 ? puzzles : null;
  }

  sent(id: string, inquiry: Inquiry): void { this.asked_.set(id, inquiry); }

  answered(id: string): Inquiry | undefined {
    const inquiry = this.asked_.get(id);
    this.asked_.delete(id);
    return inquiry;
  }

  want_again(inquiry: Inquiry): void {
    if (inquiry === 'everything') this.everything_wanted_ = true;
    else for (const id of inquiry) this.wanted_.add(id);
  }

  // The connection is lost, and with it every answer that was on its way.
  lost(): void {
    for (const inquiry of this.asked_.values()) this.want_again(inquiry);
    this.asked_.clear();
  }
}
