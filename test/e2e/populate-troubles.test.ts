import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const NOW = '2025-03-10T12:34:56Z';
const root = temporaryFolder();
let world: World;

beforeAll(async () => {
  world = await World.start(NOW);
});
afterEach(async () => {
  await world.clearQuirks();
  await world.clear();
});
afterAll(() => world.close());

async function rowsOf(folder: string, symbol: string, timeframe: '1h' | '1m' | '1w'): Promise<number> {
  return (await openStore(path.join(folder, 'market')).series(symbol, timeframe).info()).rows;
}

const QUARTER = 'cache populate --symbols SOLUSDT --intervals 1h --start-date 2024-04-01 --end-date 2024-06-30 --json';

describe('a bad file of the archive', () => {
  it.each([
    ['a wrong checksum', { kind: 'wrong-checksum' }, 'does not match its checksum'],
    ['a month that is absent', { kind: 'absent' }, undefined],
    ['a month that lacks days', { kind: 'lacks-days', days: ['2024-05-10', '2024-05-11'] }, undefined],
    ['a damaged zip', { kind: 'corrupt' }, undefined],
  ])('%s is made good from the days', async (_, quirk, warning) => {
    const folder = await world.newFolder(root);
    await world.quirk('^SOLUSDT-1h-2024-05\\.zip', quirk);
    const run = await world.run(folder, QUARTER);
    const [series] = JSON.parse(run.stdout).series;
    expect({ missing: series.coverage.missing, error: series.error }).toEqual({ missing: 0, error: undefined });
    expect(await rowsOf(folder, 'SOLUSDT', '1h')).toBe(91 * 24);
    expect(run.exit).toBe(0);
    if (warning !== undefined) expect(series.warnings.join()).toContain(warning);
    const days = (await world.entries()).filter(({ what }) => /daily.*SOLUSDT-1h-2024-05-\d\d\.zip$/.test(what));
    expect(days.length).toBeGreaterThan(0);
    const { truth } = { truth: await world.truth('SOLUSDT', '1h', '2024-04-01T00:00:00Z', '2024-07-01T00:00:00Z') };
    const bars = await openStore(path.join(folder, 'market')).series('SOLUSDT', '1h').read();
    expect([...(bars.values[3] as Float64Array)]).toEqual([...truth.close]);
  });

  it('half a download is fetched again', async () => {
    const folder = await world.newFolder(root);
    await world.fault({
      server: 'binance-archive',
      match: 'SOLUSDT-1h-2024-05\\.zip$',
      fault: { kind: 'cut', fraction: 0.5 },
    });
    const run = await world.run(folder, QUARTER);
    expect({ exit: run.exit, rows: await rowsOf(folder, 'SOLUSDT', '1h') }).toEqual({ exit: 0, rows: 91 * 24 });
  });
});

describe('two at once', () => {
  it('on the same series and on different ones: everything is there, and no window is exceeded', async () => {
    const limits = { binance: { windows: [{ name: 'weight', max: 60, perMs: 10_000 }] } };
    const folder = await world.newFolder(root, { limits });
    const words =
      'cache populate --intervals 1h --start-date 2024-09-01 --end-date 2024-10-31 --no-archive --json --symbols';
    const runs = await Promise.all(
      ['BTCUSDT', 'BTCUSDT', 'ETHUSDT'].map((symbol) => world.run(folder, `${words} ${symbol}`)),
    );
    for (const run of runs) expect(JSON.parse(run.stdout).series[0].coverage.missing).toBe(0);
    expect(await rowsOf(folder, 'BTCUSDT', '1h')).toBe(61 * 24);
    expect(await rowsOf(folder, 'ETHUSDT', '1h')).toBe(61 * 24);
    const sent = (await world.entries()).filter(({ server }) => server === 'binance');
    for (const { at } of sent) {
      const weight = sent
        .filter((each) => each.at > at - 10_000 && each.at <= at)
        .reduce((sum, each) => sum + each.cost, 0);
      expect(weight).toBeLessThanOrEqual(60);
    }
  });
});

describe('a provider that ends its work', () => {
  it('that dies in the middle of several series lets the others complete, and each is named', async () => {
    const folder = await world.newFolder(root);
    await world.fault({ server: 'yahoo', times: 1000, fault: { kind: 'status', status: 401, body: 'no' } });
    const run = await world.run(
      folder,
      'cache populate --symbols AAPL,MSFT,ETHUSDT,SOLUSDT --intervals 1d --start-date 2024-12-01 --json',
    );
    const { series, status } = JSON.parse(run.stdout);
    expect({ exit: run.exit, status }).toEqual({ exit: 4, status: 'partial' });
    const bySymbol = Object.fromEntries(series.map((each: { symbol: string }) => [each.symbol, each]));
    for (const symbol of ['ETHUSDT', 'SOLUSDT']) expect(bySymbol[symbol].coverage.missing).toBe(0);
    for (const symbol of ['AAPL', 'MSFT']) expect(bySymbol[symbol].error.code).toBe('AUTH');
  });

  it('that bans us is left alone, also by the next run', async () => {
    const folder = await world.newFolder(root);
    const body = JSON.stringify({ code: -1003, msg: 'Way too much request weight used; IP banned.' });
    await world.fault({
      server: 'binance',
      times: 1,
      fault: { kind: 'status', status: 418, headers: { 'retry-after': '3600' }, body },
    });
    const words = 'cache populate --symbols BTCUSDT --intervals 1h --start-date 2025-03-08 --json';
    const first = await world.run(folder, words);
    const sent = (await world.entries()).filter(({ server }) => server === 'binance').length;
    const second = await world.run(folder, words);
    for (const run of [first, second]) {
      expect(run.exit).toBe(4);
      expect(run.stdout).toContain('THROTTLED');
    }
    expect((await world.entries()).filter(({ server }) => server === 'binance')).toHaveLength(sent);
  });
});

describe('dates', () => {
  it('that are still to come are a mistake; a week that has not closed is none', async () => {
    const folder = await world.newFolder(root);
    const future = await world.run(folder, 'cache populate --symbols BTCUSDT --intervals 1h --start-date 2030-01-01');
    expect({ exit: future.exit, said: future.stderr.includes('still to come') }).toEqual({ exit: 2, said: true });
    const week = await world.run(
      folder,
      'cache populate --symbols BTCUSDT --intervals 1h,1w --start-date 2025-03-10 --json',
    );
    expect({ exit: week.exit, status: JSON.parse(week.stdout).status }).toEqual({ exit: 0, status: 'complete' });
    expect(await world.entries()).not.toEqual([]);
  });
});

it('a series of a newer format is left alone and named, and the others are fetched', async () => {
  const folder = await world.newFolder(root);
  const words = (start: string) =>
    `cache populate --symbols BTCUSDT,ETHUSDT --intervals 1d --start-date ${start} --json`;
  expect((await world.run(folder, words('2025-02-01'))).exit).toBe(0);
  const sidecar = path.join(folder, 'market/BTCUSDT/1d/2025.metadata.json');
  writeFileSync(sidecar, JSON.stringify({ ...JSON.parse(readFileSync(sidecar, 'utf8')), schemaVersion: 99 }));
  const before = listTree(path.join(folder, 'market/BTCUSDT'));
  const run = await world.run(folder, words('2025-01-01'));
  const { status, series } = JSON.parse(run.stdout);
  expect({ exit: run.exit, status }).toEqual({ exit: 4, status: 'partial' });
  expect(series).toEqual([
    expect.objectContaining({ symbol: 'ETHUSDT', rowsAdded: 31, coverage: expect.objectContaining({ missing: 0 }) }),
    expect.objectContaining({ symbol: 'BTCUSDT', error: expect.objectContaining({ code: 'STORE_NEWER' }) }),
  ]);
  expect(listTree(path.join(folder, 'market/BTCUSDT'))).toEqual(before);
});
