import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Bars } from '../../src/market/bars.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { openStore } from '../../src/store/open-store.js';
import { barsAt, makeBars, PROVENANCE, pickRows } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const cache = temporaryFolder();
const OHLCVT = ['open', 'high', 'low', 'close', 'volume', 'trades'];
const SAMPLES: readonly (readonly [Timeframe, Bars])[] = [
  ['1m', withOddities(makeBars('1m', Date.UTC(2024, 0, 15), 25 * 1440, OHLCVT))],
  ['1d', withOddities(makeBars('1d', Date.UTC(2023, 5, 1), 500))],
  ['1mo', makeBars('1mo', Date.UTC(2022, 0, 1), 36)],
  [
    'ticks',
    barsAt(
      Array.from({ length: 3000 }, (_, i) => Date.UTC(2023, 11, 31, 20) + i * 7_777),
      ['price', 'size'],
    ),
  ],
];

interface YearFile {
  readonly name: string;
  readonly file: string;
  readonly bars: Bars;
}
const FILES: YearFile[] = SAMPLES.flatMap(([timeframe, bars]) => {
  const years = [...new Set(Array.from(bars.time, (at) => new Date(at).getUTCFullYear()))];
  return years.map((year) => ({
    name: `${timeframe} of ${year}`,
    file: path.join(cache, 'A', timeframe, `${year}.csv.gz`),
    bars: pickRows(
      bars,
      [...bars.time.keys()].filter((row) => new Date(bars.time[row] as number).getUTCFullYear() === year),
    ),
  }));
});

beforeAll(async () => {
  for (const [timeframe, bars] of SAMPLES) {
    const series = openStore(cache).series('A', timeframe);
    // In three pieces, out of order, so that blocks have been merged, copied and inserted.
    for (const third of [1, 0, 2])
      await series.put(
        pickRows(
          bars,
          [...bars.time.keys()].filter((row) => row % 3 === third),
        ),
        PROVENANCE,
      );
  }
});

/** What the file must say, written the slow way and by other code than the store's. */
function asCsv({ columns, time, values }: Bars): string {
  const cell = (value: number): string => (Number.isNaN(value) ? '' : plain(value));
  const lines = Array.from(time, (at, row) =>
    [new Date(at).toISOString().replace('.000Z', 'Z'), ...values.map((value) => cell(value[row] as number))].join(),
  );
  return `${[`timestamp,${columns.join()}`, ...lines].join('\n')}\n`;
}

function plain(value: number): string {
  if (!String(value).includes('e')) return String(value);
  for (let digits = 1; digits <= 100; digits++)
    if (Number(value.toFixed(digits)) === value) return value.toFixed(digits);
  throw new RangeError(`${value} has no plain spelling here`);
}

/** Absent cells, very small and very large ones, and a negative. */
function withOddities(bars: Bars): Bars {
  const odd = [Number.NaN, 0, -1.5, 1e-7, 1.25e-9, 123456789012345680000, 0.1 + 0.2, 2 ** 53];
  return {
    ...bars,
    values: bars.values.map((value, c) =>
      value.map((cell, row) => ((row + c) % 11 === 0 ? (odd[(row * 7 + c) % odd.length] as number) : cell)),
    ),
  };
}

describe.each(FILES)('the year-file $name', ({ file, bars }) => {
  it('is one CSV to Node', () => {
    expect(gunzipSync(readFileSync(file)).toString() === asCsv(bars)).toBe(true);
  });

  const zcat = has('zcat', ['--version']) ? it : it.skip;
  zcat('is one CSV to zcat, which finds nothing to complain of', () => {
    const { stdout, stderr, status } = spawnSync('zcat', [file], { encoding: 'utf8', maxBuffer: 1 << 28 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout === asCsv(bars)).toBe(true);
    expect(spawnSync('gzip', ['--test', file]).status).toBe(0);
  });

  it('is one table to DuckDB, with the right types and rows', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("set timezone = 'UTC'");
    const reader = await connection.runAndReadAll(
      `select epoch_ms(timestamp) as t, * exclude (timestamp) from read_csv('${file}')`,
    );
    const columns = reader.getColumns();
    expect(reader.columnNames()).toEqual(['t', ...bars.columns]);
    expect(sameNumbers(columns[0] as unknown[], bars.time)).toBe(true);
    for (const [c, value] of bars.values.entries()) expect(sameNumbers(columns[c + 1] as unknown[], value)).toBe(true);
    connection.closeSync();
  });

  const python = ['/usr/bin/python3', 'python3'].find((name) => has(name, ['-c', 'import pandas']));
  (python === undefined ? it.skip : it)('is one table to pandas, with the right types and rows', () => {
    const script = [
      'import sys, json, pandas',
      "frame = pandas.read_csv(sys.argv[1], float_precision='round_trip')",
      "mixed = {} if pandas.__version__ < '2' else {'format': 'ISO8601'}",
      "times = pandas.to_datetime(frame['timestamp'], **mixed)",
      "times = ((times - pandas.Timestamp(0, tz='UTC')) // pandas.Timedelta(1, 'ms')).tolist()",
      "values = [[None if v != v else v for v in frame[c].astype('float64').tolist()] for c in frame.columns[1:]]",
      'json.dump([list(frame.columns), times, values], sys.stdout)',
    ].join('\n');
    const { stdout, stderr, status } = spawnSync(python as string, ['-c', script, file], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [columns, times, values] = JSON.parse(stdout) as [string[], number[], (number | null)[][]];
    expect(columns).toEqual(['timestamp', ...bars.columns]);
    expect(sameNumbers(times, bars.time)).toBe(true);
    for (const [c, value] of bars.values.entries()) expect(sameNumbers(values[c] as unknown[], value)).toBe(true);
  });
});

/** The doubles a tool read, as whatever type it chose, against ours; an absent one is null. */
function sameNumbers(theirs: readonly unknown[], ours: Float64Array): boolean {
  return (
    theirs.length === ours.length &&
    theirs.every((value, row) => (value === null ? Number.isNaN(ours[row]) : Number(value) === ours[row]))
  );
}

function has(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
