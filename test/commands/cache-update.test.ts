import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHILD_OPTIONS } from '../support/child-options.js';
import { openSandbox } from '../support/open-sandbox.js';
import { runProgram } from '../support/run-program.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const NOW = '2025-01-15T00:00:00Z';
const home = temporaryFolder();
const unset = {
  ALPHA_VANTAGE_KEY: '',
  ALPHA_VANTAGE_API_KEY: '',
  DERIV_APP_ID: '',
  DERIV_TOKEN: '',
  ALMANAC_STORE: '',
};
const folders = { ALMANAC_DATA_DIR: path.join(home, 'data'), ALMANAC_CONFIG_DIR: path.join(home, 'config') };
const env = { ...unset, ...folders, ALMANAC_NOW: NOW };
mkdirSync(folders.ALMANAC_DATA_DIR);
const almanac = (argv: readonly string[], cwd = home) => runProgram(argv, { cwd, env });

let sandbox: Awaited<ReturnType<typeof openSandbox>>;
beforeAll(async () => {
  sandbox = await openSandbox(home, env, ['--now', NOW]);
  const wanted: readonly (readonly string[])[] = [
    ['BTCUSDT,ETHUSDT', '1h,4h', '2025-01-10', '2025-01-10'],
    ['BTCUSDT', '1h', '2025-01-12', '2025-01-12'],
    ['AAPL', '1d', '2025-01-02', '2025-01-06'],
    ['R_100', '1h', '2025-01-13', '2025-01-13'],
  ];
  for (const [symbols = '', intervals = '', start = '', end = ''] of wanted) {
    const what = ['--symbols', symbols, '--intervals', intervals, '--start-date', start, '--end-date', end];
    expect(await almanac(['cache', 'populate', '-q', ...what])).toMatchObject({ exit: 0, stderr: '' });
  }
});
afterAll(() => sandbox.close());

interface Document {
  readonly command: string;
  readonly status: string;
  readonly warnings: readonly string[];
  readonly series: readonly {
    readonly symbol: string;
    readonly interval: string;
    readonly provider: string;
    readonly reason?: string;
    readonly rowsAdded: number;
    readonly requests: number;
    readonly coverage: { readonly missing: number };
    readonly error?: { readonly code: string };
  }[];
}
const read = (text: string) => JSON.parse(text) as Document;
/** A cache of its own, that a test may spoil. */
function copyHome(name: string): string {
  const folder = path.join(home, name);
  mkdirSync(folder);
  cpSync(path.join(home, 'sandbox-market'), path.join(folder, 'sandbox-market'), { recursive: true });
  cpSync(path.join(home, 'almanac.config.json'), path.join(folder, 'almanac.config.json'));
  return folder;
}
const bytesOf = (folder: string) =>
  listTree(folder)
    .filter((name) => name.endsWith('.gz') || name.endsWith('.metadata.json'))
    .map((name) => [name, readFileSync(path.join(folder, name)).toString('base64')]);

describe('cache update', () => {
  it('plans tails and holes, each of whom the series came from', async () => {
    const { stdout, exit } = await almanac(['cache', 'update', '--dry-run', '--json']);
    const { command, series } = read(stdout);
    expect([exit, command]).toEqual([0, 'cache update']);
    expect(series.map((each) => [each.symbol, each.interval, each.provider, each.coverage.missing])).toEqual([
      ['AAPL', '1d', 'yahoo', 5],
      ['BTCUSDT', '1h', 'binance', 72],
      ['BTCUSDT', '4h', 'binance', 24],
      ['ETHUSDT', '1h', 'binance', 96],
      ['ETHUSDT', '4h', 'binance', 24],
      ['R_100', '1h', 'deriv', 24],
    ]);
    expect(new Set(series.map(({ reason }) => reason))).toEqual(new Set(['the series is from there']));
  });

  it('brings everything up to the last closed bar; the second time nothing changes', async () => {
    const folder = copyHome('all');
    const first = await almanac(['cache', 'update', '--json'], folder);
    const { status, series } = read(first.stdout);
    expect([first.exit, status]).toEqual([0, 'complete']);
    expect(series.map(({ rowsAdded }) => rowsAdded)).toEqual([5, 72, 24, 96, 24, 24]);
    const before = bytesOf(path.join(folder, 'sandbox-market'));
    const second = await almanac(['cache', 'update', '--json', '--symbols', 'BTC*,ETH*,R_*'], folder);
    expect(read(second.stdout).series.map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 0]);
    expect(second.exit).toBe(0);
    expect(bytesOf(path.join(folder, 'sandbox-market'))).toEqual(before);
  });

  it('takes the filters of cache list', async () => {
    const folder = copyHome('filtered');
    const { stdout } = await almanac(
      ['cache', 'update', '--json', '--symbols', '*USDT', '--intervals', '240m'],
      folder,
    );
    expect(read(stdout).series.map(({ symbol, interval }) => `${symbol} ${interval}`)).toEqual([
      'BTCUSDT 4h',
      'ETHUSDT 4h',
    ]);
    const typo = await almanac(['cache', 'update', '--symbols', 'BTCUSD'], folder);
    expect([typo.exit, typo.stderr]).toEqual([2, expect.stringContaining('did you mean BTCUSDT')]);
    expect((await almanac(['cache', 'update', '--symbols', 'NO*'], folder)).exit).toBe(2);
    const nobody = await almanac(['cache', 'update', '--provider', 'binanse'], folder);
    expect([nobody.exit, nobody.stderr]).toEqual([2, expect.stringContaining('did you mean binance?')]);
  });

  it('never joins imported bars with simulated ones, and does the rest', async () => {
    const folder = copyHome('mixed');
    const csv =
      'timestamp,open,high,low,close,volume\n2025-01-10T00:00:00Z,9,9,9,9,1\n2025-01-10T03:00:00Z,9,9,9,9,1\n';
    writeFileSync(path.join(folder, 'sol.csv'), csv);
    expect((await almanac(['cache', 'import', 'sol.csv', 'SOLUSDT', '1h'], folder)).exit).toBe(0);
    const { stdout, exit } = await almanac(['cache', 'update', '--json', '--symbols', 'SOLUSDT,ETHUSDT'], folder);
    const { status, series } = read(stdout);
    expect([exit, status]).toEqual([4, 'partial']);
    expect(series.map(({ symbol, error }) => [symbol, error?.code])).toEqual([
      ['ETHUSDT', undefined],
      ['ETHUSDT', undefined],
      ['SOLUSDT', 'STORE_CONFLICT'],
    ]);
  });

  it('has nothing to do in an empty cache', async () => {
    const { stdout, stderr, exit } = await almanac([
      'cache',
      'update',
      '--cache-dir',
      path.join(home, 'none'),
      '--json',
    ]);
    expect([exit, read(stdout).status, read(stdout).series]).toEqual([0, 'complete', []]);
    expect(stderr).toContain('Nothing is kept in');
  });
});

/** Runs until so many lines came, then sends the signal. */
async function stay(folder: string, argv: readonly string[], lines: number, signal: NodeJS.Signals) {
  const run = new URL('../../bin/run.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [run, 'cache', 'update', ...argv], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: CHILD_OPTIONS, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (stdout.split('\n').length > lines) child.kill(signal);
  });
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, stderr, lines: stdout.trimEnd().split('\n') };
}

describe('cache update --every', () => {
  it('stays, a document a line, and ends cleanly on SIGTERM', async () => {
    const folder = copyHome('service');
    const what = ['--every', '1s', '--json', '--symbols', 'BTCUSDT', '--intervals', '1h'];
    const { exit, lines, stderr } = await stay(folder, what, 3, 'SIGTERM');
    const rounds = lines.map(read);
    expect(exit).toBe(0);
    // A slow machine may not keep up with a round a second.
    expect(stderr.split('\n').filter((line) => line !== '' && !/rounds? (was|were) skipped$/.test(line))).toEqual([]);
    expect(rounds.map(({ command, status }) => `${command} ${status}`)).toEqual(Array(3).fill('cache update complete'));
    expect(rounds.map(({ series }) => series[0]?.rowsAdded)).toEqual([72, 0, 0]);
  });

  it('prints a line a round, and ends with 130 on SIGINT', async () => {
    const { exit, lines } = await stay(copyHome('shown'), ['--every', '1s', '--symbols', 'BTCUSDT'], 2, 'SIGINT');
    expect(exit).toBe(130);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}2 series, 96 bars added, 0 missing, [\d.]+ s$/);
    expect(lines[1]).toContain('2 series, 0 bars added, 0 missing');
  });

  it('refuses what is no length of time', async () => {
    expect(await almanac(['cache', 'update', '--every', 'ticks'])).toMatchObject({ exit: 2 });
    expect(await almanac(['cache', 'update', '--every', '17m'])).toMatchObject({ exit: 2 });
    const unknown = await almanac(['cache', 'update', '--every', '1m', '--provider', 'binanse', '--json']);
    expect([unknown.exit, JSON.parse(unknown.stdout).error.code]).toEqual([2, 'PROVIDER_UNKNOWN']);
  });
});
