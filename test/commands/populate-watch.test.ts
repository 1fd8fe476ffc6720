import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSandbox } from '../support/open-sandbox.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

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

let sandbox: Awaited<ReturnType<typeof openSandbox>>;
beforeAll(async () => {
  sandbox = await openSandbox(home, env, ['--now', NOW]);
});
afterAll(() => sandbox.close());

/** A folder of its own with the sandbox's settings, and `cache populate` in it. */
function openFolder(name: string, more: object = {}) {
  const folder = path.join(home, name);
  const config = path.join(folder, 'almanac.config.json');
  mkdirSync(folder);
  cpSync(path.join(home, 'almanac.config.json'), config);
  const read = () => JSON.parse(readFileSync(config, 'utf8'));
  if (Object.keys(more).length > 0) writeFileSync(config, JSON.stringify({ ...read(), ...more }));
  const populate = (...argv: readonly string[]) => runProgram(['cache', 'populate', ...argv], { cwd: folder, env });
  return { folder, read, populate };
}

interface Document {
  readonly status: string;
  readonly series: readonly {
    readonly symbol: string;
    readonly interval: string;
    readonly provider: string;
    readonly requested: { readonly from: string; readonly to: string };
    readonly coverage: { readonly present: number; readonly missing: number };
  }[];
}
const seriesOf = (stdout: string) => (JSON.parse(stdout) as Document).series;
const namesOf = (stdout: string) => seriesOf(stdout).map(({ symbol, interval }) => `${symbol} ${interval}`);

describe('a bare cache populate', () => {
  it('says what to type where nothing is watched', async () => {
    const { populate } = openFolder('nothing');
    const { stdout, stderr, exit } = await populate();
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Error: nothing was named, and the settings have no watch list');
    expect(stderr.replace(/\s+/g, ' ')).toContain('almanac cache populate --symbols BTCUSDT,ETHUSDT --intervals 1h,1d');
    const json = await populate('--json');
    expect([json.exit, JSON.parse(json.stdout).error.code]).toEqual([2, 'USAGE']);
  });

  it('brings the watch list up to date, each series once', async () => {
    const watch = [
      { symbols: ['BTCUSDT', 'R_*'], intervals: ['60m'], since: '2025-01-14' },
      { symbols: ['BTCUSDT'], intervals: ['1h', '1d'], since: '2025-01-13' },
    ];
    const { populate } = openFolder('watched', { watch });
    const { stdout, exit } = await populate('--json');
    expect(exit).toBe(0);
    expect(seriesOf(stdout).map((each) => [each.symbol, each.interval, each.provider, each.coverage.present])).toEqual([
      ['BTCUSDT', '1h', 'binance', 48],
      ['R_100', '1h', 'deriv', 24],
      ['R_50', '1h', 'deriv', 24],
      ['BTCUSDT', '1d', 'binance', 2],
    ]);
    expect(namesOf((await populate('--json', '--intervals', '4h')).stdout)).toEqual([
      'BTCUSDT 4h',
      'R_100 4h',
      'R_50 4h',
    ]);
  });

  it.each([
    [{ intervals: ['7q'] }, 'watch[0] of '],
    [{ since: 'yesterday' }, 'which is not a date'],
  ])('refuses a list that cannot be: %j', async (wrong, message) => {
    const { populate } = openFolder(`wrong ${JSON.stringify(Object.keys(wrong))}`, {
      watch: [{ symbols: ['BTCUSDT'], intervals: ['1h'], ...wrong }],
    });
    const { exit, stderr } = await populate();
    expect([exit, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('--save', () => {
  it('adds what was typed and is served, once, and the bare command keeps it', async () => {
    const { populate, read } = openFolder('saved');
    const before = read();
    const typed = ['--symbols', 'BTCUSDT,NOSUCHUSDT', '--intervals', '1h', '--start-date', '2025-01-01', '--save'];
    const { exit, stderr } = await populate(...typed, '--end-date', '2025-01-02');
    expect(exit).toBe(4);
    expect(stderr.replace(/\s+/g, ' ')).toContain('a watch list keeps no end-date');
    const watch = [{ symbols: ['BTCUSDT'], intervals: ['1h'], since: '2025-01-01' }];
    expect(read()).toEqual({ ...before, watch });
    expect((await populate(...typed)).exit).toBe(4);
    expect(read().watch).toEqual(watch);
    const bare = await populate('--json');
    expect([bare.exit, seriesOf(bare.stdout)[0]?.requested.from]).toEqual([0, '2025-01-01T00:00:00Z']);
  });

  it('is refused before anything is fetched where the settings cannot be read, and where nothing is typed', async () => {
    const { folder, populate } = openFolder('yaml');
    writeFileSync(path.join(folder, '.almanacrc.yaml'), `cacheDir: ./y\nroutes: [\n`);
    const typed = ['--symbols', 'BTCUSDT', '--intervals', '1h', '--save', '--config', '.almanacrc.yaml'];
    const { exit, stderr } = await populate(...typed);
    expect([exit, stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining('is not valid YAML at line 3')]);
    expect(existsSync(path.join(folder, 'y'))).toBe(false);
    expect((await populate('--save')).exit).toBe(2);
  });
});

describe('--symbols-file', () => {
  it('bounds each series by its earliest date and fetches the intervals it lists', async () => {
    const { folder, populate, read } = openFolder('file');
    const text = `\ufeffmarket,symbol,earliest_date,available_intervals,base_symbol\r
spot,BTCUSDT,2025-01-13,"1d,4h",BTC\r
\r
um,BTCUSDT,2025-01-12,1d,BTC\r
spot,BTCUSDT,2025-01-14,1d,BTC\r
`;
    writeFileSync(path.join(folder, 'list.csv'), text);
    const { stdout, exit } = await populate('--symbols-file', 'list.csv', '--json', '--save');
    expect(exit).toBe(0);
    const from = seriesOf(stdout).map((each) => [each.symbol, each.interval, each.requested.from.slice(0, 10)]);
    expect(from).toEqual([
      ['BTCUSDT', '1d', '2025-01-13'],
      ['BTCUSDT', '4h', '2025-01-13'],
      ['BTCUSDT@um', '1d', '2025-01-12'],
    ]);
    expect(read().watch).toEqual([
      { symbols: ['BTCUSDT'], intervals: ['1d', '4h'], since: '2025-01-13' },
      { symbols: ['BTCUSDT@um'], intervals: ['1d'], since: '2025-01-12' },
    ]);
    const narrowed = ['--symbols-file', 'list.csv', '--json', '--intervals', '12h', '--start-date', '2025-01-14'];
    expect(seriesOf((await populate(...narrowed)).stdout).map((each) => [each.interval, each.requested.from])).toEqual([
      ['12h', '2025-01-14T00:00:00Z'],
      ['12h', '2025-01-14T00:00:00Z'],
    ]);
  });

  it('takes a plain list with --intervals, and fetches nothing where a line is wrong', async () => {
    const { folder, populate } = openFolder('plain');
    writeFileSync(path.join(folder, 'list.txt'), 'BTCUSDT\nETHUSDT\n');
    const without = await populate('--symbols-file', 'list.txt');
    expect([without.exit, without.stderr.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('line 1 of list.txt: BTCUSDT has no intervals, and --intervals is not given'),
    ]);
    const dry = ['--dry-run', '--json', '--start-date', '2025-01-14'];
    const { stdout } = await populate('--symbols-file', 'list.txt', '--intervals', '1h', ...dry);
    expect(namesOf(stdout)).toEqual(['BTCUSDT 1h', 'ETHUSDT 1h']);
    writeFileSync(path.join(folder, 'bad.csv'), 'symbol,earliest_date\nBTCUSDT,2025-01-14\nETHUSDT,14.1.2025\n');
    const bad = await populate('--symbols-file', 'bad.csv', '--intervals', '1h');
    expect([bad.exit, bad.stderr.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining('line 3 of bad.csv')]);
    expect(existsSync(path.join(folder, 'sandbox-market'))).toBe(false);
  });
});

describe('patterns and --all', () => {
  const since = ['--start-date', '2025-01-14', '--json', '--dry-run'];

  it('finds what is traded on the main market, or on another, or what was', async () => {
    const { populate } = openFolder('patterns');
    expect(namesOf((await populate('--symbols', '*USDT', '--intervals', '1h', ...since)).stdout)).toEqual([
      'BTCUSDT 1h',
      'ETHUSDT 1h',
      'SOLUSDT 1h',
    ]);
    expect(namesOf((await populate('--symbols', 'BTC*@um', '--intervals', '1h', ...since)).stdout)).toEqual([
      'BTCUSDT@um 1h',
    ]);
    expect(namesOf((await populate('--all', '--provider', 'deriv', '--intervals', '1h', ...since)).stdout)).toContain(
      'frxEURUSD 1h',
    );
    const gone = await populate('--symbols', 'LUNA*', '--intervals', '1h', ...since);
    expect([gone.exit, JSON.parse(gone.stdout).error]).toEqual([
      2,
      { code: 'SYMBOL_UNKNOWN', message: expect.stringContaining('any more'), suggestions: ['--delisted'] },
    ]);
    const back = await populate('--symbols', 'LUNA*', '--delisted', '--intervals', '1h', ...since);
    expect(namesOf(back.stdout)).toEqual(['LUNAUSDT 1h']);
    const yahoo = await populate('--symbols', 'A*', '--provider', 'yahoo', '--intervals', '1d', ...since);
    expect([yahoo.exit, yahoo.stdout]).toEqual([2, expect.stringContaining('has no list of its symbols')]);
  });

  it('refuses a large plan nobody is there to be asked about, unless told yes', async () => {
    const { folder, populate } = openFolder('large');
    const many = '1m,3m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d,3d,1w';
    const typed = ['--symbols', '*USDT', '--delisted', '--intervals', many, '--start-date', '2025-01-01'];
    const { exit, stderr } = await populate(...typed);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('this is 5')]);
    expect(stderr).toContain('Try: --yes to fetch it');
    expect(existsSync(path.join(folder, 'sandbox-market', 'BTCUSDT'))).toBe(false);
    expect((await populate(...typed, '--dry-run')).exit).toBe(0);
    const few = ['--symbols', 'BTCUSDT,ETHUSDT', '--intervals', '1h', '--start-date', '2025-01-14'];
    expect((await populate(...few)).exit).toBe(0);
  });
});
