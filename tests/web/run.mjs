// Runs all of the web's tests: the page's units, then a foreign client and the page itself against the real server.
// node run.mjs --cairn BIN --hunt DIR --web DIST [--part units|foreign|page] [--screenshots DIR]
// Exits non-zero when anything failed; the last line says `N passed, M failed`.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { read_arguments, required } from './support/arguments.mjs';
import { Checks } from './support/checks.mjs';
import { make_answer_key, Server } from './support/server.mjs';

const options = read_arguments(['cairn', 'hunt', 'web', 'part', 'screenshots']);
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

const is_wanted = (part) => !options.part || options.part === part;

// Each part loads only what it needs: a foreign client runs where there is no browser.
try {
  if (is_wanted('units')) {
    console.log('--- units of the page');
    checks.add(await (await import('./unit.mjs')).run_unit_tests());
  }
  if (is_wanted('foreign') || is_wanted('page')) {
    await checks.check('the answer key is made', () => make_answer_key(path.resolve(options.cairn), options.hunt, answer_key));
  }
  if (is_wanted('foreign')) {
    console.log('--- a foreign client');
    const { run_foreign_client } = await import('./foreign_client.mjs');
    await with_server('foreign client', (_, where) => run_foreign_client(where, checks));
  }
  if (is_wanted('page')) {
    console.log('--- the player’s page');
    const { run_player_page } = await import('./player_page.mjs');
    await with_server('page', (server, where) => run_player_page({ ...where, screenshots: options.screenshots }, checks, server));
  }
} catch (error) {
  await checks.check('the run itself', () => { throw error; });
} finally {
  await rm(work, { recursive: true, force: true });
}
checks.finish();
