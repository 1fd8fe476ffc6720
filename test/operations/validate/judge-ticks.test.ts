import { rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { TICK } from '../../../src/market/bars.js';
import { expectSeries } from '../../../src/operations/validate/expect-series.js';
import { type ValidateOptions, validateSeries } from '../../../src/operations/validate/validate-series.js';
import { openStore } from '../../../src/store/open-store.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const SECOND = 1000;
const PROVENANCE = { provider: 'deriv', via: 'live', fetchedAt: '2024-06-01T00:00:00Z', derived: false } as const;
const NOW = Date.UTC(2024, 1, 1);
const root = temporaryFolder();
let number = 0;
let cache: string;

beforeEach(() => {
  cache = path.join(root, String(number++));
});

const seriesOf = (symbol: string) => openStore(cache).series(symbol, 'ticks');

/** A tick every two seconds from each start to each end, as so many requests bring them. */
async function put(symbol: string, ...parts: readonly (readonly [string, string])[]): Promise<void> {
  for (const [start, end] of parts) {
    const [from, to] = [Date.parse(start), Date.parse(end)];
    const time = Float64Array.from({ length: Math.ceil((to - from) / (2 * SECOND)) }, (_, i) => from + i * 2 * SECOND);
    await seriesOf(symbol).put({ time, columns: TICK, values: [time.map(() => 5)] }, PROVENANCE);
  }
}

async function judge(symbol: string, options: Partial<ValidateOptions> = {}) {
  const tools = { providers: [], calendarOf: () => undefined, outages: () => [], noteName: String, now: () => NOW };
  const series = seriesOf(symbol);
  const found = await validateSeries(series, await expectSeries(series, tools), { now: NOW, ...options });
  const { score, years } = found;
  const gaps = years.flatMap((year) => year.gaps.map(({ start, end, kind }) => [kind, start, end]));
  return { score, expected: years.reduce((sum, year) => sum + year.expected, 0), gaps };
}

describe('ticks of currencies', () => {
  it('have no gap over a weekend, though the last one came some seconds before the close', async () => {
    // Fridays end at 22:00 in winter, and the weeks begin there on Sundays.
    await put('frxEURUSD', ['2024-01-05T12:00:00Z', '2024-01-05T21:59:45Z']);
    await put('frxEURUSD', ['2024-01-07T22:04:00Z', '2024-01-08T00:00:00Z']);
    const end = Date.parse('2024-01-08T00:00:00Z');
    expect(await judge('frxEURUSD', { end })).toMatchObject({ gaps: [] });
  });

  it('have one gap where what is missing goes on over a weekend', async () => {
    await put('frxEURUSD', ['2024-01-05T12:00:00Z', '2024-01-05T20:00:00Z']);
    await put('frxEURUSD', ['2024-01-08T00:00:00Z', '2024-01-08T02:00:00Z']);
    const end = Date.parse('2024-01-08T02:00:00Z');
    expect(await judge('frxEURUSD', { end })).toMatchObject({
      gaps: [['missing', '2024-01-05T19:59:58.001Z', '2024-01-08T00:00:00Z']],
    });
  });
});

it('a hole within a day of ticks is a gap', async () => {
  await put(
    'R_100',
    ['2024-01-05T00:00:00Z', '2024-01-05T02:00:00Z'],
    ['2024-01-05T04:00:00Z', '2024-01-05T06:00:00Z'],
  );
  expect(await judge('R_100', { end: Date.parse('2024-01-05T06:00:00Z') })).toMatchObject({
    expected: 7200,
    gaps: [['missing', '2024-01-05T01:59:58.001Z', '2024-01-05T04:00:00Z']],
  });
});

describe('a year of ticks without a sidecar', () => {
  const end = Date.parse('2024-01-03T06:00:00Z');

  async function putDays(): Promise<void> {
    await put(
      'R_100',
      ['2023-12-31T00:00:00Z', '2024-01-02T00:00:00Z'],
      ['2024-01-02T12:00:00Z', '2024-01-03T06:00:00Z'],
    );
    for (const year of [2023, 2024]) rmSync(path.join(cache, 'R_100', 'ticks', `${year}.metadata.json`));
  }

  it.each([false, true])('is judged by its rows, deep %s', async (deep) => {
    await putDays();
    expect(await judge('R_100', { end, deep })).toMatchObject({
      expected: 118_800,
      gaps: [['missing', '2024-01-01T23:59:58.001Z', '2024-01-02T12:00:00Z']],
    });
  });

  it('is read with its own columns, also in pieces', async () => {
    await putDays();
    const rows: Record<string, number>[] = [];
    for await (const row of seriesOf('R_100').rows({ start: end - 4 * SECOND, end })) rows.push(row);
    expect(rows).toEqual([
      { timestamp: end - 4 * SECOND, price: 5 },
      { timestamp: end - 2 * SECOND, price: 5 },
    ]);
  });
});
