import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import CacheGet from '../../src/commands/cache/get.js';
import CacheImport from '../../src/commands/cache/import.js';
import CacheInfo from '../../src/commands/cache/info.js';
import CacheList from '../../src/commands/cache/list.js';
import CacheStats from '../../src/commands/cache/stats.js';
import { openStore } from '../../src/store/open-store.js';
import { CHILD_OPTIONS } from '../support/child-options.js';
import { runCommand } from './run-command.js';

let folder: string;
let cache: string;
let csv: string;

const DAYS = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'almanac-commands-'));
  cache = path.join(folder, 'cache');
  csv = path.join(folder, 'in.csv');
  await writeFile(
    csv,
    `Date;Open;High;Low;Close;Volume\n${DAYS.map((day, i) => `${day};${i + 1};${i + 2};0.5;${i + 1.5};10\n`).join('')}`,
  );
  process.env.ALMANAC_NOW = '2024-06-01T00:00:00Z';
});

afterEach(async () => {
  delete process.env.ALMANAC_NOW;
  await rm(folder, { recursive: true });
});

const importDays = (...more: string[]) =>
  runCommand(CacheImport, [csv, 'BTCUSDT', '1d', '--cache-dir', cache, ...more]);

describe('cache import', () => {
  it('stores what it read, and the file is a plain gzip CSV', async () => {
    const ran = await importDays();
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toContain('4 of 4 rows accepted');
    const text = gunzipSync(await readFile(path.join(cache, 'BTCUSDT/1d/2024.csv.gz'))).toString();
    expect(text.split('\n').slice(0, 2)).toEqual([
      'timestamp,open,high,low,close,volume',
      '2024-01-01T00:00:00Z,1,2,0.5,1.5,10',
    ]);
  });

  it('stores nothing in a dry run, and nothing new the second time', async () => {
    await importDays('--dry-run');
    expect(await readdir(folder)).toEqual(['in.csv']);
    await importDays();
    expect((await importDays()).stdout).toContain('0 added, 4 there already');
  });

  it('counts refused rows by reason with their lines, and ends with 4', async () => {
    await writeFile(
      csv,
      'time,open,high,low,close\n2024-01-01,1,2,0.5,1\n2024-01-02,9,2,0.5,1\n2024-01-03,x,2,0.5,1\n2024-05-31T12:00Z,1,1,1,1\n',
    );
    const ran = await importDays('--json');
    const report = JSON.parse(ran.stdout);
    expect(ran.exit).toBe(4);
    expect(report).toMatchObject({ schemaVersion: 1, status: 'partial', accepted: 1, rowsRead: 4, dryRun: false });
    expect(
      report.refused.map((each: { reason: string; examples: { line: number }[] }) => [
        each.reason,
        each.examples[0]?.line,
      ]),
    ).toEqual([
      ['high-low', 3],
      ['not-a-number', 4],
      ['off-grid', 5],
    ]);
  });

  it('says why not one row was taken', async () => {
    await writeFile(
      csv,
      'time,open,high,low,close\n2024-01-01,9,2,0.5,1\n2024-01-02,9,2,0.5,1\n2024-01-03,x,2,0.5,1\n',
    );
    const ran = await importDays('--json');
    expect([ran.exit, JSON.parse(ran.stdout)]).toEqual([
      1,
      expect.objectContaining({
        status: 'failed',
        error: {
          code: 'BARS_INVALID',
          message: expect.stringMatching(/^all 3 rows were refused, most of all: .*high/),
          suggestions: ['almanac cache import --help'],
        },
      }),
    ]);
  });

  it('takes gzip whatever it is called, and lets --force win', async () => {
    await importDays();
    await writeFile(csv, gzipSync('time,open,high,low,close\n2024-01-01,7,8,6,7\n'));
    expect((await importDays()).stdout).toContain('1 differ');
    expect((await importDays('--force')).stdout).toContain('1 replaced');
    const got = await runCommand(CacheGet, ['BTCUSDT', '1d', '--cache-dir', cache, '--end-date', '2024-01-01']);
    expect(got.stdout).toContain('2024-01-01T00:00:00Z,7,8,6,7,');
  });

  it('says in one line what is wrong with a file that is no table of bars', async () => {
    await writeFile(csv, 'name,age\nbob,7\n');
    const ran = await importDays();
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('Error: the file names no columns for a time, open, high, low and close');
    expect((await runCommand(CacheImport, ['/nowhere.csv', 'BTCUSDT', '1d', '--cache-dir', cache])).stderr).toContain(
      'there is no such file',
    );
    expect((await runCommand(CacheImport, [csv, '../../etc/passwd\u0007', '1d', '--cache-dir', cache])).exit).toBe(2);
  });
});

describe('cache get', () => {
  beforeEach(async () => {
    await importDays();
  });
  const get = (...more: string[]) => runCommand(CacheGet, ['BTCUSDT', '1d', '--cache-dir', cache, ...more]);

  it('takes a day as through its end and an instant as exclusive', async () => {
    const days = await get('--start-date', '2024-01-02', '--end-date', '2024-01-03', '--columns', 'close');
    expect(days.stdout).toBe('timestamp,close\n2024-01-02T00:00:00Z,2.5\n2024-01-03T00:00:00Z,3.5\n');
    expect((await get('--end-date', '2024-01-03T00:00:00Z', '--columns', 'close')).stdout.split('\n')).toHaveLength(4);
  });

  it('writes json, ndjson and one document', async () => {
    expect(JSON.parse((await get('--format', 'json')).stdout)).toHaveLength(4);
    expect(JSON.parse((await get('--format', 'ndjson')).stdout.split('\n')[3] as string)).toEqual({
      timestamp: '2024-01-04T00:00:00Z',
      open: 4,
      high: 5,
      low: 0.5,
      close: 4.5,
      volume: 10,
    });
    expect(JSON.parse((await get('--json')).stdout)).toMatchObject({
      schemaVersion: 1,
      symbol: 'BTCUSDT',
      interval: '1d',
      count: 4,
    });
    expect(JSON.parse((await get('--json', '--start-date', '2030-01-01')).stdout)).toMatchObject({
      rows: [],
      count: 0,
    });
    expect(JSON.parse((await get('--format', 'json', '--start-date', '2030-01-01')).stdout)).toEqual([]);
  });

  it('refuses to overwrite a file, and leaves no half of one', async () => {
    const output = path.join(folder, 'out.csv');
    expect((await get('--output', output)).exit).toBe(0);
    expect(await get('--output', output)).toMatchObject({ exit: 1, stdout: '' });
    expect((await get('--output', output, '--force')).exit).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['cache', 'in.csv', 'out.csv']);
  });

  it('names the nearest there is', async () => {
    const ran = await runCommand(CacheGet, ['BTCUSD', '1d', '--cache-dir', cache, '--json']);
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.stdout).error).toMatchObject({
      code: 'NO_DATA',
      message: expect.stringContaining('did you mean BTCUSDT?'),
    });
    expect((await runCommand(CacheGet, ['BTCUSDT', '1h', '--cache-dir', cache])).stderr).toContain('it has 1d');
    expect((await get('--columns', 'clse')).stderr).toContain('no column "clse"');
  });

  it('ends its document, with the error, where a later part of the series is damaged', async () => {
    await writeFile(csv, 'time,open,high,low,close\n2024-02-01,1,2,0.5,1\n');
    await importDays();
    const file = path.join(cache, 'BTCUSDT/1d/2024.csv.gz');
    const bytes = await readFile(file);
    bytes[bytes.length - 12] = (bytes[bytes.length - 12] as number) ^ 1;
    await writeFile(file, bytes);
    const ran = await get('--json', '--columns', 'close');
    expect([ran.exit, JSON.parse(ran.stdout)]).toEqual([
      1,
      expect.objectContaining({
        columns: ['timestamp', 'close'],
        rows: expect.arrayContaining([['2024-01-04T00:00:00Z', 4.5]]),
        count: 4,
        error: {
          code: 'STORE_DAMAGED',
          message: expect.stringContaining('block 2024-02'),
          suggestions: [expect.stringContaining('almanac cache cleanup')],
        },
      }),
    ]);
    expect(ran.stderr).toContain('block 2024-02');
    expect((await get('--format', 'json')).stdout).not.toContain(']');
  });

  it('prints each column once, and invents no second value', async () => {
    for (const columns of ['close,close', 'open,close,open', 'timestamp,timestamp']) {
      const ran = await get('--columns', columns, '--json');
      const [name] = columns.split(',');
      expect([ran.exit, JSON.parse(ran.stdout).error]).toEqual([
        2,
        expect.objectContaining({
          code: 'USAGE',
          message: `--columns names ${name} more than once; each column is given once`,
        }),
      ]);
    }
    const series = openStore(cache).series('BTCUSDT', '1d');
    await expect(series.read({ columns: ['close', 'close'] })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('ends with 2 for what was typed wrongly, also under --json, and prints no more than the error', async () => {
    const ran = await get('--format', 'xml', '--json');
    expect(ran.exit).toBe(2);
    expect(Object.keys(JSON.parse(ran.stdout))).toEqual(['schemaVersion', 'error']);
    const flag = await get('--colums', 'close');
    expect(flag).toMatchObject({ exit: 2, stdout: '' });
    expect(flag.stderr).toContain('--columns');
    expect((await get('--start-date', 'yesterday')).exit).toBe(2);
  });
});

describe('cache list, info and stats', () => {
  beforeEach(async () => {
    await importDays();
  });

  it('tells of a year of a newer format for its series alone', async () => {
    await importDays();
    await runCommand(CacheImport, [csv, 'ETHUSDT', '1d', '--cache-dir', cache]);
    await writeFile(path.join(cache, 'ETHUSDT', '1d', '2024.metadata.json'), '{"schemaVersion": 2}');
    const { stdout, stderr, exit } = await runCommand(CacheList, ['--cache-dir', cache]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^BTCUSDT\t1d\t/m);
    expect(stdout).toMatch(/^ETHUSDT\t1d\t/m);
    expect(stderr).toMatch(/ETHUSDT 1d: 2024 is of a newer format, and not counted/);
    const { series } = JSON.parse((await runCommand(CacheList, ['--cache-dir', cache, '--json'])).stdout);
    expect(series.map(({ coverage }: { coverage: unknown }) => coverage !== undefined && coverage !== null)).toEqual([
      true,
      false,
    ]);
  });

  it('lists a series a line, tab-separated when piped', async () => {
    const ran = await runCommand(CacheList, ['--cache-dir', cache]);
    const [header, row] = ran.stdout.split('\n').map((line) => line.split('\t'));
    expect(header).toEqual(['SYMBOL', 'INTERVAL', 'FROM', 'TO', 'ROWS', 'COVERED', 'SIZE', 'FROM WHOM']);
    expect(row?.slice(0, 5)).toEqual(['BTCUSDT', '1d', '2024-01-01T00:00:00Z', '2024-01-04T00:00:00Z', '4']);
    expect(row?.[5]).toBe('1');
    const filtered = await runCommand(CacheList, ['--cache-dir', cache, '--symbols', 'ETH*', '--json']);
    expect(JSON.parse(filtered.stdout).series).toEqual([]);
    expect((await runCommand(CacheList, ['--cache-dir', cache, '--symbols', 'BTCUSDX'])).exit).toBe(2);
    expect((await runCommand(CacheList, ['--cache-dir', path.join(folder, 'none')])).exit).toBe(0);
  });

  it('says how much of a series is there between its ends, opening nothing', async () => {
    await writeFile(csv, 'date,open,high,low,close\n2024-01-07,1,2,0.5,1\n2024-01-08,1,2,0.5,1\n');
    await importDays();
    const [listed] = JSON.parse((await runCommand(CacheList, ['--cache-dir', cache, '--json'])).stdout).series;
    expect(listed).toMatchObject({ years: [2024], coverage: { expected: 8, present: 6, explained: 0, missing: 2 } });
    const [, row] = (await runCommand(CacheList, ['--cache-dir', cache])).stdout.split('\n');
    expect(row?.split('\t')[5]).toBe('0.75');
  });

  it('counts a year whose sidecar is missing or garbled from its rows', async () => {
    const hours = Array.from({ length: 24 * 91 }, (_, i) => `${Date.UTC(2024, 0, 1, i) / 1000},1,2,0.5,1,10`);
    await writeFile(csv, `unix,open,high,low,close,volume\n${hours.join('\n')}\n`);
    await runCommand(CacheImport, [csv, 'BTCUSDT', '1h', '--cache-dir', cache]);
    const sidecar = path.join(cache, 'BTCUSDT/1h/2024.metadata.json');
    for (const hurt of [() => writeFile(sidecar, '{"gar'), () => rm(sidecar)]) {
      await hurt();
      const words = ['--cache-dir', cache, '--json'];
      const { series } = JSON.parse((await runCommand(CacheList, [...words, '--intervals', '1h'])).stdout);
      expect(series).toMatchObject([{ rows: 2184, coverage: { expected: 2184, present: 2184, missing: 0 } }]);
      const { years } = JSON.parse((await runCommand(CacheInfo, ['BTCUSDT', '1h', ...words])).stdout);
      expect(years).toMatchObject([{ state: 'no-sidecar', rows: 2184 }]);
    }
  });

  it('draws a year as one line and says what full means', async () => {
    const { stdout } = await runCommand(CacheInfo, ['BTCUSDT', '1d', '--cache-dir', cache]);
    expect(stdout).toMatch(/2024 │▄ {52}│ +4/);
    expect(stdout).toContain('every bar of a market that never closes');
    expect(stdout).toContain('from import 4');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says damage plainly', async () => {
    const file = path.join(cache, 'BTCUSDT/1d/2024.csv.gz');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 12) ^ 1, bytes.length - 12);
    await writeFile(file, bytes);
    const ran = await runCommand(CacheInfo, ['BTCUSDT', '1d', '--cache-dir', cache]);
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toMatch(/2024(-01)? is damaged/);
    expect((await runCommand(CacheGet, ['BTCUSDT', '1d', '--cache-dir', cache])).exit).toBe(1);
  });

  it('totals up', async () => {
    const { stdout } = await runCommand(CacheStats, ['--cache-dir', cache, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      series: 1,
      symbols: 1,
      rows: 4,
      byProvider: [{ provider: 'import', rows: 4 }],
    });
  });
});

describe('the program', () => {
  const spawned = async (argv: readonly string[], shell?: string) => {
    const env = { ...process.env, ALMANAC_STORE: cache, NODE_OPTIONS: CHILD_OPTIONS };
    const child = shell
      ? spawn('sh', ['-c', shell], { env })
      : spawn(process.execPath, ['bin/run.js', ...argv], { env });
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      text.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text.stderr += chunk;
    });
    const [exit] = await once(child, 'close');
    return { ...text, exit };
  };

  it('tells its version in one form, quickly or not', async () => {
    const quick = await spawned(['--version']);
    expect(quick.stdout).toMatch(/^almanac\/\d+\.\d+\.\d+ \S+-\S+ node-v[\d.]+\n$/);
    expect(await spawned(['--version', '--json'])).toEqual(quick);
    expect(await spawned(['-v'])).toEqual(quick);
  });

  it('ends quietly when its reader goes away, and is never cut short', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${1_600_000_020 + i * 60},1.25,2.5,1.125,2.25,10`);
    await writeFile(csv, `unix,open,high,low,close,volume\n${rows.join('\n')}\n`);
    expect((await spawned(['cache', 'import', csv, 'ETHUSDT', '1m'])).exit).toBe(0);
    const head = await spawned(
      [],
      `{ ${process.execPath} bin/run.js cache get ETHUSDT 1m; echo "exit $?" >&2; } | head -n 1`,
    );
    expect(head).toMatchObject({ stdout: 'timestamp,open,high,low,close,volume\n', stderr: 'exit 0\n' });
    const slow = await spawned([], `${process.execPath} bin/run.js cache get ETHUSDT 1m | (sleep 1; wc -l)`);
    expect(slow.stdout.trim()).toBe('60001');
    expect(JSON.parse((await spawned(['cache', 'get', 'ETHUSDT', '1m', '--json'])).stdout).count).toBe(60_000);
  });
});
