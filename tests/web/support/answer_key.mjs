// The hunt's solutions, as `cairn check --answer-key` writes them. They never leave the tests.
import { readFile } from 'node:fs/promises';

export class AnswerKey {
  static async read(file) { return new AnswerKey(JSON.parse(await readFile(file, 'utf8')).puzzles); }

  constructor(puzzles) { this.puzzles = new Map(puzzles.map((puzzle) => [puzzle.id, puzzle])); }

  answer(id) { return this.puzzles.get(id)?.answers?.[0]; }

  // Guesses that are neither an answer nor a partial one of this puzzle.
  wrong_answers(id, count) {
    const own = this.puzzles.get(id);
    const good = new Set([...(own?.answers ?? []), ...(own?.partials ?? [])].map(plain));
    const guesses = [];
    for (let n = 0; guesses.length < count; n++) {
      const guess = `wrong guess ${'abcdefghij'[n % 10]}${Math.floor(n / 10)}`;
      if (!good.has(plain(guess))) guesses.push(guess);
    }
    return guesses;
  }

  // Of these puzzles (as get_state tells them) the ones that can be solved from anywhere, at once.
  solvable(puzzles) {
    return puzzles.filter((puzzle) => puzzle.status === 'open' && this.answer(puzzle.id) && !puzzle.needs_check_in && !this.puzzles.get(puzzle.id).needs_check_in);
  }
}

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
