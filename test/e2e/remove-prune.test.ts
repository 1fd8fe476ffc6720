import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { hashYears } from '../support/file-hashes.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

// The tests tell one story, in order.
const folder = temporaryFolder();
const market = path.join(folder, 'market');
const POPULATE = 'cache populate --quiet --symbols BTCUSDT,ETHUSDT --intervals 4h,1d --start-date 2024-09-01';
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
  await world.settle(folder);
  expect(await world.run(folder, POPULATE)).toMatchObject({ exit: 0, stderr: '' });
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const run = (words: string) => world.run(folder, words);
const inSeries = () => listTree(market).filter((name) => !name.startsWith('_almanac'));
const quarantined = () => readdirSync(path.join(market, '_almanac', 'quarantine'));

async function firsts(): Promise<string[]> {
  const all = await openStore(market).list();
  return all.map(
    ({ symbol, timeframe, first }) => `${symbol} ${timeframe} ${new Date(first ?? 0).toISOString().slice(0, 10)}`,
  );
}

async function askedForBars(): Promise<number> {
  return (await world.entries()).filter(({ what }) => /klines|\.zip/.test(what)).length;
}

it('shows what would go and touches nothing; off a terminal it wants --yes', async () => {
  const before = [listTree(market), hashYears(market)];
  const dry = await run('cache prune --older-than 4mo --dry-run --json --intervals 4h');
  const document = JSON.parse(dry.stdout);
  expect([dry.exit, document.status, document.dryRun]).toEqual([0, 'complete', true]);
  expect(
    document.series.map(({ symbol, interval, from, to, rows, rowsLeft }: Record<string, unknown>) => [
      symbol,
      interval,
      from,
      to,
      rows,
      rowsLeft,
    ]),
  ).toEqual(
    ['BTCUSDT', 'ETHUSDT'].map((symbol) => [symbol, '4h', '2024-09-01T00:00:00Z', '2024-11-01T00:00:00Z', 61 * 6, 777]),
  );
  const unasked = await run('cache prune --older-than 4mo');
  expect(unasked.exit).toBe(2);
  expect(unasked.stdout.split('\n')[1]).toMatch(
    /^BTCUSDT\t4h\t2024-09-01T00:00:00Z\t2024-11-01T00:00:00Z\t366\t\d+\t777$/,
  );
  expect(unasked.stderr).toContain('Try: almanac cache prune --older-than 4mo --yes');
  expect((await run('cache remove BTCUSDT')).stderr).toContain('Try: almanac cache remove BTCUSDT --yes');
  expect([listTree(market), hashYears(market)]).toEqual(before);
});

it('prunes, forgets what was judged, and update does not fetch it again', async () => {
  writeFileSync(
    path.join(market, 'validate-metadata.json'),
    JSON.stringify({
      schemaVersion: 1,
      series: [
        { symbol: 'BTCUSDT', interval: '4h', years: [], warnings: [] },
        { symbol: 'SOLUSDT', interval: '4h', years: [], warnings: [] },
      ],
    }),
  );
  const pruned = await run('cache prune --older-than 4mo --intervals 4h --yes --json');
  expect(pruned.exit).toBe(0);
  const ids = JSON.parse(pruned.stdout).series.flatMap((each: { quarantined: string[] }) => each.quarantined);
  expect(ids.sort()).toEqual(quarantined().sort());
  expect(await firsts()).toEqual([
    'BTCUSDT 4h 2024-11-01',
    'BTCUSDT 1d 2024-09-01',
    'ETHUSDT 4h 2024-11-01',
    'ETHUSDT 1d 2024-09-01',
  ]);
  const report = JSON.parse(readFileSync(path.join(market, 'validate-metadata.json'), 'utf8'));
  expect([report.summary.series, report.series[0].symbol]).toEqual([1, 'SOLUSDT']);
  const before = hashYears(market);
  const updated = await run('cache update --quiet --json');
  expect([updated.exit, await askedForBars()]).toEqual([0, 0]);
  expect(hashYears(market)).toEqual(before);
});

it('a populate that asks for it fetches it again, the same rows', async () => {
  expect(await run(POPULATE)).toMatchObject({ exit: 0 });
  expect(await askedForBars()).toBeGreaterThan(0);
  const { time } = await openStore(market).series('BTCUSDT', '4h').read();
  const truth = await world.truth('BTCUSDT', '4h', '2024-09-01T00:00:00Z', '2025-03-10T12:00:00Z');
  expect([...time]).toEqual([...truth.time]);
});

it('makes the largest fit, and says when one block each is all that is left', async () => {
  const { stdout, stderr, exit } = await run('cache prune --max-size 1B --dry-run');
  expect([exit, stdout.trim().split('\n').length]).toEqual([0, 5]);
  expect(stderr).toContain('the last block of each series stays');
  expect((await run('cache prune --max-size 1GB --yes')).stderr).toContain('there is nothing to take');
});

it('removes a symbol whole; it is gone from the list, and populate brings it back', async () => {
  const removed = await run('cache remove BTCUSDT --yes');
  expect(removed.exit).toBe(0);
  expect(removed.stdout).toMatch(/Moved 2 series, .*\n {2}almanac cache restore \S+ {2}BTCUSDT 4h\n/);
  expect(removed.stdout).toContain('almanac cache cleanup --purge-quarantine');
  expect(inSeries().filter((name) => name.startsWith('BTCUSDT/'))).toEqual([
    'BTCUSDT/1d',
    'BTCUSDT/1d/.lock',
    'BTCUSDT/4h',
    'BTCUSDT/4h/.lock',
  ]);
  expect((await run('cache list')).stdout).not.toContain('BTCUSDT');
  const again = await run('cache remove BTCUSDT 4h --yes');
  expect([again.exit, again.stderr]).toEqual([2, expect.stringMatching(/there is no BTCUSDT in/)]);
  expect((await run('cache remove ETHUSD --yes')).stderr).toMatch(/did you mean\s+ETHUSDT\?/);
  expect((await run('cache remove ETHUSDT 1h --yes')).stderr).toMatch(/it has\s+4h, 1d/);
  expect(await run(POPULATE)).toMatchObject({ exit: 0, stderr: '' });
  expect(await firsts()).toContain('BTCUSDT 1d 2024-09-01');
});
