// Runs the program with a cache on a disk of its own, in a mount namespace that ends with this process:
// unshare -m node run-on-small-disk.js JSON prints, as JSON, how it ended and what is on the disk afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { openStore } from '../../dist/index.js';

const { disk, size, from, to, folder, words, env } = JSON.parse(process.argv[2]);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { encoding: 'utf8' });
if (mounted.status !== 0) throw new Error(mounted.stderr);
if (from !== undefined && existsSync(from)) cpSync(from, disk, { recursive: true });

const run = new URL('../../bin/run.js', import.meta.url).pathname;
const options = {
  cwd: folder,
  env: { ...process.env, NODE_OPTIONS: process.env.ALMANAC_FILE_WATCH_OPTIONS ?? '', ...env },
};
const child = spawn(process.execPath, [run, ...words], options);
const text = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  child[name].setEncoding('utf8').on('data', (chunk) => {
    text[name] += chunk;
  });
}
const [exit] = await once(child, 'close');

const store = openStore(disk);
const series = [];
for (const { symbol, timeframe, rows } of await store.list()) {
  const one = store.series(symbol, timeframe);
  const { damaged } = await one.verify();
  series.push({ symbol, timeframe, rows, read: (await one.read()).time.length, damaged: damaged.length });
}
const temps = readdirSync(disk, { recursive: true }).filter((name) => name.endsWith('.tmp'));
if (to !== undefined) cpSync(disk, to, { recursive: true });
process.stdout.write(JSON.stringify({ exit, ...text, series, temps }));
