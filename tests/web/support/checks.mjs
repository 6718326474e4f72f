// Counts what held and what did not. A check that throws has failed; the others still run.
import process from 'node:process';

export class Checks {
  passed = 0;
  failed = 0;

  async check(name, run) {
    try {
      await run();
      this.passed++;
      console.log(`ok    ${name}`);
      return true;
    } catch (error) {
      this.failed++;
      console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split('\n').slice(0, 14).join('\n      ')}`);
      return false;
    }
  }

  add({ passed, failed }) { this.passed += passed; this.failed += failed; }

  // The last line, and the exit code: a run that checked nothing has not passed. A failed check may have left a
  // socket open, which must not keep the run from ending.
  finish() {
    process.stdout.write(`${this.passed} passed, ${this.failed} failed\n`, () => process.exit(this.failed > 0 || this.passed === 0 ? 1 : 0));
  }
}
