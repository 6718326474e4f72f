// Builds the player's page: `node build.mjs [OUTPUT_FOLDER]` (or CAIRN_PLAYER_DIST; default: dist beside this file).
// Assets carry a digest in their names, so that a browser may keep them for ever; index.html names them.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? process.env.CAIRN_PLAYER_DIST ?? path.join(here, 'dist'));

await rm(path.join(out, 'assets'), { recursive: true, force: true });
await mkdir(out, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: { player: 'src/main.tsx', icon: 'src/icon.svg' },
  outdir: path.join(out, 'assets'),
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2021', 'safari15'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.png': 'file', '.woff2': 'file', '.svg': 'copy' },
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning'
});

const built = Object.keys(result.metafile.outputs).map((file) => path.basename(file));
const named = (start, end) => {
  const name = built.find((file) => file.startsWith(start) && file.endsWith(end));
  if (!name) throw new Error(`the bundle has no ${start}*${end}`);
  return `/assets/${name}`;
};

const page = (await readFile(path.join(here, 'src/index.html'), 'utf8'))
  .replaceAll('%SCRIPT%', named('player-', '.js'))
  .replaceAll('%STYLE%', named('player-', '.css'))
  .replaceAll('%ICON%', named('icon-', '.svg'));
await writeFile(path.join(out, 'index.html'), page);

const bytes = Object.values(result.metafile.outputs).reduce((sum, file) => sum + file.bytes, 0);
console.log(`player's page: ${built.length} assets, ${Math.round(bytes / 1024)} KiB, in ${out}`);
