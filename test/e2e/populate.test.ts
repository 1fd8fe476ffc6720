import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
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

/** Every data file and sidecar by the hash of its bytes. */
function fingerprint(
  folder: string,
  pattern = /^[^_.][^/]*\/[^/]+\/\d{4}\.(csv\.gz|metadata\.json)$/,
): Record<string, string> {
  const market = path.join(folder, 'market');
  const files = listTree(market).filter((name) => pattern.test(name));
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(market, name)))
        .digest('hex'),
    ]),
  );
}

async function expectTruth(
  folder: string,
  symbol: string,
  step: '1h' | '1m',
  from: string,
  to: string,
): Promise<number> {
  const series = openStore(path.join(folder, 'market')).series(symbol, step);
  const bars = await series.read({ start: Date.parse(from), end: Date.parse(to) });
  const truth = await world.truth(symbol, step, from, to);
  expect(bars.time.length).toBe(truth.time.length);
  expect(Buffer.compare(Buffer.from(bars.time.buffer), Buffer.from(Float64Array.from(truth.time).buffer))).toBe(0);
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
    const [mine, theirs] = [column(bars, name), truth[name]];
    expect(mine.findIndex((value, i) => value !== theirs[i])).toBe(-1);
  }
  return bars.time.length;
}

const data = (entries: readonly { readonly what: string }[]) => entries.filter(({ what }) => !what.includes('/ping'));

describe('without a start date', () => {
  it('ticks are planned from the first minute on that their provider has', async () => {
    const folder = await world.newFolder(root);
    const plan = await world.run(folder, 'cache populate --symbols R_100 --intervals ticks --dry-run --json');
    expect(plan.exit).toBe(0);
    const [series] = JSON.parse(plan.stdout).series;
    expect(series.requested).toEqual({ from: '2019-01-01T00:00:00Z', to: NOW });
    expect(series.tasks[0].from).toBe('2019-01-01T00:00:00Z');
  });
});

describe('history from the archive', () => {
  it('is the truth, is not asked for twice, and grows by what is asked', async () => {
    const folder = await world.newFolder(root);
    const hourly =
      'cache populate --symbols BTCUSDT --intervals 1h --start-date 2022-02-01 --end-date 2025-01-31 --json';
    const first = await world.run(folder, hourly);
    expect(first.stderr).not.toContain('Warning');
    expect({ exit: first.exit, status: JSON.parse(first.stdout).status }).toEqual({ exit: 0, status: 'complete' });
    const [series] = JSON.parse(first.stdout).series;
    const rows = await expectTruth(folder, 'BTCUSDT', '1h', '2022-02-01T00:00:00Z', '2025-02-01T00:00:00Z');
    expect(series.coverage.present).toBe(rows);
    // What is not there is the exchange's own outages, which nobody has: they explain it.
    expect(series.coverage).toMatchObject({ explained: series.coverage.expected - rows, missing: 0 });
    const before = fingerprint(folder);
    await world.clear();

    const second = await world.run(folder, hourly);
    expect(data(await world.entries())).toEqual([]);
    expect(JSON.parse(second.stdout).series[0]).toMatchObject({ rowsAdded: 0, requests: 0 });
    expect(fingerprint(folder)).toEqual(before);

    await world.run(folder, hourly.replace('2022-02-01', '2022-01-01'));
    const asked = data(await world.entries()).map(({ what }) => what);
    expect(asked.sort()).toEqual([
      '/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2022-01.zip',
      '/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2022-01.zip.CHECKSUM',
    ]);
    await expectTruth(folder, 'BTCUSDT', '1h', '2022-01-01T00:00:00Z', '2022-02-01T00:00:00Z');
  });

  it('brings a year of minutes across the change to microseconds', async () => {
    const folder = await world.newFolder(root);
    const run = await world.run(
      folder,
      'cache populate --symbols ETHUSDT --intervals 1m --start-date 2024-03-01 --end-date 2025-02-28 --json',
    );
    expect(JSON.parse(run.stdout).series[0].error).toBeUndefined();
    await expectTruth(folder, 'ETHUSDT', '1m', '2024-03-01T00:00:00Z', '2025-03-01T00:00:00Z');
  }, 120_000);
});
