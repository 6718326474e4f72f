// Goal: a client that shares no code with the product can play by the protocol's page, and one that breaks the protocol
// gets the page's code for it and hurts nobody else.
// It breaks: requests of wrong shape, size, order and origin, connections in the middle of things, tokens.
//
// node foreign_client.mjs --url http://… --admin http://… --operator-token-file FILE --answer-key FILE
import { fileURLToPath } from 'node:url';
import { AnswerKey } from './support/answer_key.mjs';
import { read_arguments, required } from './support/arguments.mjs';
import { Checks } from './support/checks.mjs';
import { Operator } from './support/operator.mjs';
import { check_play } from './foreign/play.mjs';
import { check_resuming } from './foreign/resuming.mjs';
import { check_refusals } from './foreign/refusals.mjs';

export async function run_foreign_client(options, checks) {
  const world = {
    url: options.url, key: await AnswerKey.read(options['answer-key']),
    operator: await Operator.with_token_file(options.admin, options['operator-token-file']), admin: options.admin
  };
  await check_play(world, checks);
  await check_resuming(world, checks);
  await check_refusals(world, checks);
}

const kNames = ['url', 'admin', 'operator-token-file', 'answer-key'];
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = read_arguments(kNames);
  required(options, kNames);
  const checks = new Checks();
  await run_foreign_client(options, checks);
  checks.finish();
}
