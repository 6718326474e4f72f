// Goal: a person can play by the page alone: enter, solve, see a district open, lose the connection, come back; on a
// telephone, by keyboard, and without a request to anybody else.
// It breaks: the network, the server (killed and started again), the player's own second window and second device.
//
// node player_page.mjs --url … --admin … --operator-token-file FILE --answer-key FILE [--screenshots DIR]
import { fileURLToPath } from 'node:url';
import { check_devices } from './page/devices.mjs';
import { check_looks } from './page/looks.mjs';
import { check_losing } from './page/losing.mjs';
import { check_playing } from './page/playing.mjs';
import { Browser } from './page/browser.mjs';
import { AnswerKey } from './support/answer_key.mjs';
import { read_arguments, required } from './support/arguments.mjs';
import { Checks } from './support/checks.mjs';
import { Operator } from './support/operator.mjs';

// `server` can be killed and started again; without one, those checks are left out.
export async function run_player_page(options, checks, server) {
  const browser = await Browser.launch({ url: options.url, screenshots: options.screenshots });
  const world = {
    browser, server, key: await AnswerKey.read(options['answer-key']),
    operator: await Operator.with_token_file(options.admin, options['operator-token-file']), url: options.url
  };
  try {
    await check_playing(world, checks);
    await check_losing(world, checks);
    await check_devices(world, checks);
    await check_looks(world, checks);
  } finally { await browser.close(); }
}

const kNames = ['url', 'admin', 'operator-token-file', 'answer-key', 'screenshots'];
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = read_arguments(kNames);
  required(options, kNames.slice(0, 4));
  const checks = new Checks();
  await run_player_page(options, checks);
  checks.finish();
}
