// `--name value` pairs, each of which may also come from the environment as CAIRN_NAME.
import process from 'node:process';

export function read_arguments(names, from = process.argv.slice(2)) {
  const read = {};
  for (let at = 0; at < from.length; at += 2) {
    const name = from[at].replace(/^--/, '');
    if (!from[at].startsWith('--') || !names.includes(name) || from[at + 1] === undefined) usage(`unexpected argument ${from[at]}`, names);
    read[name] = from[at + 1];
  }
  for (const name of names) read[name] ??= process.env[`CAIRN_${name.replaceAll('-', '_').toUpperCase()}`];
  return read;
}

export function required(read, names) {
  for (const name of names) if (!read[name]) usage(`--${name} is missing`, names);
}

function usage(problem, names) {
  console.error(`${problem}; known: ${names.map((name) => `--${name} VALUE`).join(' ')}`);
  process.exit(2);
}
