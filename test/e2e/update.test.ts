import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { openStore } from '../../src/store/open-store.js';
import { hashYears } from '../support/file-hashes.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

// The tests tell one story, in order: a Monday, the next day, the day after.
const MONDAY = '2025-03-10T12:34:56Z';
const TUESDAY = '2025-03-11T12:34:56Z';
const WEDNESDAY = '2025-03-12T12:34:56Z';
const folder = path.join(temporaryFolder(), 'three');
const market = path.join(folder, 'market');
let world: World;

beforeAll(async () => {
  world = await World.start(MONDAY);
  mkdirSync(folder);
  await world.settle(folder);
  for (const what of [
    'BTCUSDT --intervals 1h --start-date 2025-03-01',
    'AAPL --intervals 1d --start-date 2025-02-01',
    'R_100 --intervals 1m --start-date 2025-03-10',
  ]) {
    expect(await world.run(folder, `cache populate --quiet --symbols ${what}`)).toMatchObject({ exit: 0, stderr: '' });
  }
});
beforeEach(() => world.clear());
afterAll(() => world.close());

interface Line {
  readonly symbol: string;
  readonly provider: string;
  readonly rowsAdded: number;
  readonly requests: number;
  readonly coverage: { readonly missing: number };
  readonly error?: { readonly code: string };
}

async function update(more = ''): Promise<{ exit: number | null; status: string; series: Line[] }> {
  const { exit, stdout } = await world.run(folder, `cache update --quiet --json${more}`);
  return { exit, ...JSON.parse(stdout) };
}

/** Since when each server was asked for bars, in the order of the requests. */
async function askedSince(): Promise<Record<string, string[]>> {
  const asked: Record<string, string[]> = {};
  for (const { server, what } of await world.entries()) {
    const found = /"start":(\d+)|period1=(\d+)|startTime=(\d+)/.exec(what);
    if (found === null) continue;
    const [, deriv, yahoo, binance] = found;
    const at = Number(binance ?? Number(deriv ?? yahoo) * 1000);
    asked[server] = [...(asked[server] ?? []), new Date(at).toISOString()];
  }
  return asked;
}

async function expectTruth(symbol: string, step: Timeframe, from: string, to: string): Promise<void> {
  const bars = await openStore(market).series(symbol, step).read();
  const truth = await world.truth(symbol, step, from, to);
  expect([...bars.time]).toEqual([...truth.time]);
  for (const name of ['open', 'high', 'low', 'close'] as const)
    expect([...column(bars, name)]).toEqual([...truth[name]]);
}

it('--dry-run says what a day later is missing, and asks nobody for a bar', async () => {
  await world.moveTo(TUESDAY);
  const before = listTree(folder);
  const { exit, series } = await update(' --dry-run');
  expect(
    series.map(({ symbol, provider, requests, coverage }) => [symbol, provider, requests, coverage.missing]),
  ).toEqual([
    ['AAPL', 'yahoo', 1, 1],
    ['BTCUSDT', 'binance', 1, 24],
    ['R_100', 'deriv', 1, 1440],
  ]);
  expect([exit, await askedSince(), listTree(folder)]).toEqual([0, {}, before]);
});

it('fetches the tails alone, one request each', async () => {
  const { exit, status, series } = await update();
  expect([exit, status]).toEqual([0, 'complete']);
  expect(series.map(({ symbol, rowsAdded, requests }) => [symbol, rowsAdded, requests])).toEqual([
    ['AAPL', 1, 1],
    ['BTCUSDT', 24, 1],
    ['R_100', 1440, 1],
  ]);
  expect(await askedSince()).toEqual({
    // From the last close on, and a stock's day begins before midnight UTC somewhere: its provider looks a day further.
    yahoo: ['2025-03-07T00:00:00.000Z'],
    binance: ['2025-03-10T12:00:00.000Z'],
    deriv: ['2025-03-10T12:34:00.000Z'],
  });
  await expectTruth('BTCUSDT', '1h', '2025-03-01T00:00:00Z', '2025-03-11T12:00:00Z');
  await expectTruth('R_100', '1m', '2025-03-10T00:00:00Z', '2025-03-11T12:34:00Z');
});

it('a second time looks again at what is not final, and at nothing else', async () => {
  const before = hashYears(market);
  const { exit, status, series } = await update();
  expect([exit, status]).toEqual([0, 'complete']);
  expect(series.map(({ symbol, rowsAdded, requests }) => [symbol, rowsAdded, requests])).toEqual([
    ['AAPL', 0, 1],
    ['BTCUSDT', 0, 0],
    ['R_100', 0, 0],
  ]);
  expect(Object.keys(await askedSince())).toEqual(['yahoo']);
  expect(hashYears(market)).toEqual(before);
});

it('with one provider that refuses brings the others on, and ends with 4; the next one makes up for it', async () => {
  await world.moveTo(WEDNESDAY);
  await world.fault({ server: 'yahoo', times: 1000, fault: { kind: 'status', status: 401, body: 'no' } });
  const refused = await update();
  expect([refused.exit, refused.status]).toEqual([4, 'partial']);
  expect(refused.series.map(({ symbol, rowsAdded, error }) => [symbol, rowsAdded, error?.code])).toEqual([
    ['AAPL', 0, 'AUTH'],
    ['BTCUSDT', 24, undefined],
    ['R_100', 1440, undefined],
  ]);
  await world.clearFaults();
  const made = await update();
  expect([made.exit, made.status]).toEqual([0, 'complete']);
  expect(made.series.map(({ rowsAdded }) => rowsAdded)).toEqual([1, 0, 0]);
});
