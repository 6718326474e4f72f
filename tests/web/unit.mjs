// Bundles the unit tests together with the page's sources and gives them to node's own test runner.
// `node unit.mjs`; exits non-zero when a test fails.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

export async function run_unit_tests() {
  const out = await mkdtemp(path.join(os.tmpdir(), 'cairn-web-unit-'));
  try {
    const tests = (await readdir(path.join(here, 'unit'))).filter((name) => name.endsWith('.test.mjs'));
    await build({
      absWorkingDir: here, entryPoints: tests.map((name) => `unit/${name}`), outdir: out, bundle: true, platform: 'node',
      format: 'esm', target: 'node18', outExtension: { '.js': '.mjs' }, sourcemap: 'inline', logLevel: 'warning'
    });
    const files = tests.map((name) => path.join(out, name));
    const output = await test_runner(files);
    const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output.text)?.[1] ?? 0);
    const failed = count('fail') + count('cancelled');
    const is_broken = output.exit_code !== 0 && failed === 0;
    if (failed > 0 || is_broken) console.error(output.text);
    return { passed: count('pass'), failed: failed + (is_broken ? 1 : 0) };
  } finally { await rm(out, { recursive: true, force: true }); }
}

function test_runner(files) {
  const child = spawn(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=tap', ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (bytes) => { text += bytes; });
  return new Promise((resolve) => child.on('close', (exit_code) => resolve({ exit_code, text })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await run_unit_tests();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
