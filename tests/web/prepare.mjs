// Installs what these tests are made of, as package-lock.json says, unless it is there already: `node prepare.mjs`.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const written_ms = (file) => statSync(path.join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes that file last.
if (written_ms('node_modules/.package-lock.json') < written_ms('package-lock.json')) {
  const npm = spawnSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
  if (npm.status !== 0) {
    console.error('npm ci failed in tests/web: see the messages above');
    process.exit(1);
  }
}
