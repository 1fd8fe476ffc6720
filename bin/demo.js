#!/usr/bin/env node
/**
 * The first five minutes with Almanac, in ten seconds: made-up prices go into a temporary cache and out again,
 * through the same commands a person types. Until providers ship, this is the whole story there is to tell.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const RUN = fileURLToPath(new URL('./run.js', import.meta.url));
const HOUR = 3_600_000;
const START = Date.UTC(2023, 0, 1);
const HOURS = 425 * 24;
/** A hole of two days, so that there is something for the coverage strip to show. */
const HOLE = { from: Date.UTC(2023, 8, 12), to: Date.UTC(2023, 8, 14) };

const folder = mkdtempSync(join(tmpdir(), 'almanac-demo-'));
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

say('Almanac demo. DEMOUSDT does not exist and its prices are made up.');
say('Everything happens in a temporary folder that is removed at the end.');

writeFileSync(join(folder, 'made-up-prices.csv'), madeUpCsv());
shell('head -n 3 made-up-prices.csv');

title('1. Take a plain CSV in. It becomes one proved, compressed file a year.');
almanac('cache import made-up-prices.csv DEMOUSDT 1h');

title('2. Take it in again. What is there already is not written twice.');
almanac('cache import made-up-prices.csv DEMOUSDT 1h');

title('3. See what is there.');
almanac('cache list');
almanac('cache info DEMOUSDT 1h');

title('4. Get some of it back.');
almanac('cache get DEMOUSDT 1h --start-date 2024-01-01', { head: 4 });

title('5. No lock-in: each year is a gzip CSV that zcat, pandas and DuckDB read as it is.');
const year = 'market/DEMOUSDT/1h/2023.csv.gz';
const rows =
  gunzipSync(readFileSync(join(folder, year)))
    .toString()
    .trimEnd()
    .split('\n').length - 1;
if (rows !== 8760 - 48) fail(`${year} holds ${rows} rows of the 8,712 that went in`);
// The zcat of macOS reads only .Z files.
shell(`${process.platform === 'darwin' ? 'gzip -dc' : 'zcat'} ${year} | head -n 3`);

title('Where to go next');
say('  node bin/run.js cache import --help   take in your own CSV');
say('  node bin/run.js config init           write a starter configuration');
say('  npm link                              put `almanac` on your PATH');
say('  README.md                             the commands, the files, the library');

/** Runs the real command in the temporary folder, shows what a person would see, and stops the demo if it fails. */
function almanac(line, { head } = {}) {
  // On a terminal the command gets the terminal itself: tables and colours are part of the story.
  const direct = head === undefined && process.stdout.isTTY;
  say(`\n$ almanac ${line}${head === undefined ? '' : ` | head -n ${head}`}`);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [RUN, ...line.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: direct ? 'inherit' : 'pipe',
    env: { ...process.env, ALMANAC_STORE: join(folder, 'market') },
  });
  if (!direct) process.stdout.write((head === undefined ? stdout : firstLines(stdout, head)) + stderr);
  if (status !== 0) fail(`that command ended with status ${status ?? error?.message}`);
}

/** What other tools make of the files. Where there is no shell, as on Windows, the story goes on without them. */
function shell(line) {
  const { status, stdout, stderr, error } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
  say(`\n$ ${line}`);
  if (error !== undefined) return say('(no shell here to show this with)');
  process.stdout.write(stdout + stderr);
  if (status !== 0 || stdout === '') fail(`that command ended with status ${status}`);
}

function madeUpCsv() {
  const lines = ['timestamp,open,high,low,close,volume'];
  let state = 20230101;
  let cents = 4_200_000;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let hour = 0; hour < HOURS; hour++) {
    const time = START + hour * HOUR;
    const open = cents;
    cents = Math.max(100_000, cents + Math.round((random() + random() - 1) * 30_000));
    const high = Math.max(open, cents) + Math.floor(random() * 9000);
    const low = Math.min(open, cents) - Math.floor(random() * 9000);
    if (time >= HOLE.from && time < HOLE.to) continue;
    const prices = [open, high, low, cents].map((price) => (price / 100).toFixed(2));
    lines.push(`${new Date(time).toISOString()},${prices.join(',')},${(random() * 90).toFixed(3)}`);
  }
  return `${lines.join('\n')}\n`;
}

function firstLines(text, count) {
  return `${text.split('\n').slice(0, count).join('\n')}\n`;
}

function title(text) {
  say(`\n${text}`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(reason) {
  process.stderr.write(`\nThe demo stopped: ${reason}.\n`);
  process.exit(1);
}
