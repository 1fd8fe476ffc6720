#!/usr/bin/env node
/**
 * The first five minutes with Almanac, in one: a made-up market is opened on this machine, Almanac is pointed at it,
 * and the same commands that a person types are run against it. No key, no network, and nothing left behind.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { madeUpCsv } from './demo/made-up-csv.js';
import { openSandbox } from './demo/open-sandbox.js';

const RUN = fileURLToPath(new URL('./run.js', import.meta.url));
/** Where the made-up market's clock stands, and Almanac's with it: the same demo on any day. */
const NOW = '2025-01-15T00:00:00Z';

const folder = mkdtempSync(join(tmpdir(), 'almanac-demo-'));
/** No key and no setting of the person's own takes part in a demo. */
const env = {
  ...process.env,
  ALMANAC_NOW: NOW,
  ALMANAC_STORE: '',
  ALMANAC_CONFIG_DIR: join(folder, 'config'),
  ALMANAC_DATA_DIR: join(folder, 'data'),
  ALPHA_VANTAGE_KEY: '',
  ALPHA_VANTAGE_API_KEY: '',
  COINGECKO_DEMO_API_KEY: '',
  COINGECKO_PRO_API_KEY: '',
  DERIV_APP_ID: '',
  DERIV_TOKEN: '',
};
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

say('Almanac demo. Every price in it is made up, and DEMOUSDT does not exist.');
say('Everything happens on this machine, in a temporary folder that is removed at the end.');

title('1. Open the sandbox: five providers’ protocols, one made-up market, no key, no network.');
say(`\n$ almanac sandbox --config almanac.config.json --now ${NOW} &`);
const sandbox = await openSandbox(RUN, ['--config', 'almanac.config.json', '--now', NOW], { cwd: folder, env }).catch(
  (error) => fail(error.message),
);
for (const { name, url } of sandbox.servers) say(`  ${name.padEnd(15)}  ${url}`);

title('2. Which providers there are, and whether everything is in order.');
almanac('providers list');
almanac('doctor');

title('3. Every provider keeps the same rules, and anybody can try it.');
almanac('providers check binance');

title('4. Fetch some history from all five.');
say('Each series goes to the provider that the routes name; a dry run says which, why, and what it would take.');
const several = 'cache populate --symbols BTCUSDT,AAPL,R_100 --intervals 1d --start-date 2024-06-01';
almanac(`${several} --dry-run`);
almanac(several);
almanac('cache populate --symbols IBM --intervals 1w --provider alpha-vantage --start-date 2023-01-01');
almanac('cache populate --symbols ETHUSDT --intervals 4h --provider coingecko --start-date 2024-12-20');
say('\nAsked again, it asks for nothing but the one bar that Yahoo may still correct.');
almanac(several);

title('5. Bring what you have: a plain CSV becomes one proved, compressed file a year.');
writeFileSync(join(folder, 'made-up-prices.csv'), madeUpCsv());
shell('head -n 3 made-up-prices.csv');
almanac('cache import made-up-prices.csv DEMOUSDT 1h');

title('6. Take it in again. What is there already is not written twice.');
almanac('cache import made-up-prices.csv DEMOUSDT 1h');

title('7. See what is there.');
almanac('cache list');
almanac('cache info DEMOUSDT 1h');

title('8. Get some of it back.');
almanac('cache get DEMOUSDT 1h --start-date 2024-01-01', { head: 4 });

title('9. No lock-in: each year is a gzip CSV that zcat, pandas and DuckDB read as it is.');
const year = 'sandbox-market/DEMOUSDT/1h/2023.csv.gz';
const rows =
  gunzipSync(readFileSync(join(folder, year)))
    .toString()
    .trimEnd()
    .split('\n').length - 1;
if (rows !== 8760 - 48) fail(`${year} holds ${rows} rows of the 8,712 that went in`);
// The zcat of macOS reads only .Z files.
shell(`${process.platform === 'darwin' ? 'gzip -dc' : 'zcat'} ${year} | head -n 3`);

const status = await sandbox.close();
if (status !== 0) fail(`the sandbox ended with status ${status}`);

title('Where to go next');
say('  node bin/run.js sandbox --help        the same market, to try things on');
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
    env,
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
