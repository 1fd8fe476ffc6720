import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { OHLCV } from '../../../src/market/bars.js';
import { expectSeries } from '../../../src/operations/validate/expect-series.js';
import type { Known } from '../../../src/operations/validate/expected-series.js';
import { joinValidation } from '../../../src/operations/validate/keep-validation.js';
import { type ValidateOptions, validateSeries } from '../../../src/operations/validate/validate-series.js';
import type { PreparedProvider } from '../../../src/sources/registry/prepare-provider.js';
import { openStore } from '../../../src/store/open-store.js';
import { fakeProvider } from '../../support/fake-provider.js';
import { makeBars } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2024, 2, 10, 12, 34);
const START = Date.UTC(2023, 10, 20, 5);
const PROVENANCE = { provider: 'binance', via: 'live', fetchedAt: '2024-03-10T00:00:00Z', derived: false } as const;
const root = temporaryFolder();
let number = 0;
let cache: string;

beforeEach(() => {
  cache = path.join(root, String(number++));
});

/** Hours from START to the last closed one, but for those in the holes. */
async function putHours(...holes: readonly (readonly [string, string])[]) {
  const ranges = holes.map(([from, to]) => [Date.parse(from), Date.parse(to)] as const);
  const times: number[] = [];
  for (let open = START; open + HOUR <= NOW; open += HOUR)
    if (!ranges.some(([from, to]) => open >= from && open < to)) times.push(open);
  const values = OHLCV.map((_, column) => Float64Array.from(times, () => [10, 12, 9, 11, 5][column] as number));
  const series = openStore(cache).series('BTCUSDT', '1h');
  await series.put({ time: Float64Array.from(times), columns: OHLCV, values }, PROVENANCE);
  return series;
}

async function judge(options: Partial<ValidateOptions> = {}, outages: readonly Known[] = []) {
  const series = openStore(cache).series('BTCUSDT', '1h');
  const tools = {
    providers: [],
    calendarOf: () => undefined,
    outages: () => outages,
    noteName: String,
    now: () => NOW,
  };
  return validateSeries(series, await expectSeries(series, tools), { now: NOW, ...options });
}

describe('a series', () => {
  it('that is whole is proved by counts alone; the bar that still forms is nobody’s', async () => {
    await putHours();
    const found = await judge();
    expect(found).toMatchObject({ score: 100, to: '2024-03-10T12:00:00Z', read: { blocksRead: 0, rowsRead: 0 } });
    expect(found.years.flatMap(({ gaps }) => gaps)).toEqual([]);
  });

  it('has its gaps cut at New Year, and their bars counted to each year', async () => {
    await putHours(['2023-12-31T22:00:00Z', '2024-01-01T03:00:00Z']);
    const { years } = await judge();
    expect(years.map(({ missing }) => missing)).toEqual([2, 3]);
    expect(years.flatMap(({ gaps }) => gaps)).toEqual([
      { start: '2023-12-31T22:00:00Z', end: '2024-01-01T00:00:00Z', bars: 2, hours: 2, kind: 'missing' },
      { start: '2024-01-01T00:00:00Z', end: '2024-01-01T03:00:00Z', bars: 3, hours: 3, kind: 'missing' },
    ]);
  });

  it('tells what is explained, and of a hole that an outage explains in part only the rest as missing', async () => {
    await putHours(['2024-02-01T00:00:00Z', '2024-02-01T10:00:00Z']);
    const outage = { start: Date.UTC(2024, 1, 1, 2), end: Date.UTC(2024, 1, 1, 5), reason: 'maintenance' };
    const { years } = await judge({}, [outage]);
    expect(years[1]?.gaps.map(({ start, bars, kind, reason }) => [start.slice(11, 13), bars, kind, reason])).toEqual([
      ['00', 2, 'missing', undefined],
      ['02', 3, 'explained', 'maintenance'],
      ['05', 5, 'missing', undefined],
    ]);
    expect(years[1]).toMatchObject({ explained: 3, missing: 7 });
  });

  it('is missing what lies before its first bar where that is asked for', async () => {
    await putHours();
    const { years } = await judge({ start: START - 3 * HOUR });
    expect(years[0]?.gaps).toMatchObject([{ bars: 3, hours: 3, kind: 'missing', end: '2023-11-20T05:00:00Z' }]);
  });

  it('names a block that cannot be read, and the rows it held', async () => {
    await putHours();
    const file = path.join(cache, 'BTCUSDT', '1h', '2024.csv.gz');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 20));
    const found = await judge();
    expect(found.years[1]?.gaps).toMatchObject([{ kind: 'damaged', start: '2024-03-01T00:00:00Z', bars: 228 }]);
    expect(found.years[1]?.gaps[0]?.reason).toContain('228 rows');
    expect(joinValidation(undefined, [found], NOW).summary).toMatchObject({ complete: 0, damaged: 1 });
  });

  it('without a sidecar is judged by its rows', async () => {
    await putHours(['2024-02-01T00:00:00Z', '2024-02-01T10:00:00Z']);
    rmSync(path.join(cache, 'BTCUSDT', '1h', '2024.metadata.json'));
    expect((await judge()).years[1]).toMatchObject({ missing: 10, gaps: [{ bars: 10, kind: 'missing' }] });
  });
});

describe('what a series is', () => {
  const exchange = fakeProvider({
    id: 'binance',
    instrument: ({ symbol, assetClass }) =>
      assetClass === 'crypto' ? { symbol, native: symbol, assetClass } : undefined,
  });
  const prepared: PreparedProvider = {
    provider: exchange,
    plugin: { name: 'p', version: '1.0.0', type: 'core', root: '/' },
    keys: [],
    ready: true,
    given: {},
    options: {},
    capabilities: exchange.capabilities({}),
  };
  const expected = async (assetClass: string | undefined, providers: readonly PreparedProvider[]) => {
    const series = openStore(cache).series('STRY', '1h');
    const options = assetClass === undefined ? {} : { assetClass };
    await series.put(makeBars('1h', START, 48), PROVENANCE, options);
    const tools = { calendarOf: () => undefined, outages: () => [], noteName: String, now: () => NOW, providers };
    const { assetClass: kind, calendarId } = await expectSeries(series, tools);
    return [kind, calendarId];
  };

  it.each([
    ['by whose bars they are', undefined, [prepared], ['crypto', '24x7']],
    ['by its sidecar where those are not here', 'crypto', [], ['crypto', '24x7']],
    ['by both', 'crypto', [prepared], ['crypto', '24x7']],
    ['by its name where nobody knows', undefined, [], ['equity', 'XNYS']],
  ] as const)('is told %s', async (_, assetClass, providers, found) => {
    expect(await expected(assetClass, providers)).toEqual(found);
  });
});

describe('the document', () => {
  it('has new entries in place of old ones and keeps the others', async () => {
    await putHours();
    const found = await judge();
    const other = { ...found, symbol: 'ETHUSDT' };
    const first = joinValidation(undefined, [found, other], NOW);
    const second = joinValidation(first, [{ ...found, score: 50 }], NOW + 1000);
    expect(second.series.map(({ symbol, score }) => [symbol, score])).toEqual([
      ['BTCUSDT', 50],
      ['ETHUSDT', 100],
    ]);
  });
});
