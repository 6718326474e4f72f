// Runs all of the web's tests: the page's units, then a foreign client and the page itself against the real server.
// node run.mjs --cairn BIN --hunt DIR --web DIST [--screenshots DIR]
// Exits non-zero when anything failed; the last line says `N passed, M failed`.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { run_foreign_client } from './foreign_client.mjs';
import { run_player_page } from './player_page.mjs';
import { read_arguments, required } from './support/arguments.mjs';
import { Checks } from './support/checks.mjs';
import { make_answer_key, Server } from './support/server.mjs';
import { run_unit_tests } from './unit.mjs';

const options = read_arguments(['cairn', 'hunt', 'web', 'screenshots']);
required(options, ['cairn', 'hunt', 'web']);

const checks = new Checks();
const work = await mkdtemp(path.join(os.tmpdir(), 'cairn-web-'));
const server_for = (name) => new Server({ cairn: path.resolve(options.cairn), hunt: path.resolve(options.hunt), web: path.resolve(options.web), data: path.join(work, name) });
const answer_key = path.join(work, 'answers.json');

async function with_server(name, run) {
  const server = server_for(name);
  const up = await checks.check(`the server starts (${name})`, () => server.start());
  try {
    if (up) await run(server, { url: server.url, admin: server.admin, 'operator-token-file': server.operator_token_file, 'answer-key': answer_key });
  } finally {
    await checks.check(`the server ends by SIGTERM with exit code 0 (${name})`, async () => assert.deepEqual(await server.stop(), { code: 0, signal: null }));
  }
}

try {
  console.log('--- units of the page');
  checks.add(await run_unit_tests());
  await checks.check('the answer key is made', () => make_answer_key(path.resolve(options.cairn), options.hunt, answer_key));
  console.log('--- a foreign client');
  await with_server('foreign client', (_, where) => run_foreign_client(where, checks));
  console.log('--- the player’s page');
  await with_server('page', (server, where) => run_player_page({ ...where, screenshots: options.screenshots }, checks, server));
} catch (error) {
  await checks.check('the run itself', () => { throw error; });
} finally {
  await rm(work, { recursive: true, force: true });
}
checks.finish();
