import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

/** A coin in lira, as Binance lists it: its name is that of a share to whoever has nothing but the name. */
const NAME = 'STRY';
const SINCE = '--intervals 1h --start-date 2025-01-10';
let world: World;
let folder: string;
const root = temporaryFolder();

beforeAll(async () => {
  world = await World.start('2025-01-14T00:00:00Z');
  folder = await world.newFolder(root);
});
afterAll(() => world.close());

async function read(words: string) {
  const { exit, stdout, stderr } = await world.run(folder, `cache ${words} --quiet --json`);
  return { exit, stderr, ...JSON.parse(stdout) };
}
const sidecar = (symbol: string) =>
  JSON.parse(readFileSync(path.join(folder, 'market', symbol, '1h', '2025.metadata.json'), 'utf8'));

it('is asked of nobody but who is named, or lists it', async () => {
  const first = await read(`populate --symbols ${NAME} ${SINCE} --dry-run`);
  expect(first.series.map(({ provider }: { provider: string }) => provider)).not.toContain('binance');
  const routes = [{ match: '*TRY', providers: ['binance'] }];
  const routed = await world.newFolder(root, { routes });
  const words = `cache populate --symbols ${NAME} ${SINCE} --dry-run --json`;
  for (const run of [
    await read(`populate --symbols ${NAME} --provider binance ${SINCE} --dry-run`),
    await read(`populate --symbols *TRY ${SINCE} --dry-run`),
    JSON.parse((await world.run(routed, words)).stdout),
  ])
    expect(run.series).toMatchObject([{ symbol: NAME, provider: 'binance', coverage: { missing: 96 } }]);
});

it('is kept as what its provider says it is, day and night', async () => {
  const { exit, series } = await read(`populate --symbols ${NAME} --provider binance ${SINCE}`);
  expect([exit, series[0].rowsAdded]).toEqual([0, 96]);
  expect(sidecar(NAME)).toMatchObject({ symbol: NAME, assetClass: 'crypto', calendar: '24x7' });
});

it('is updated from there, without being named again', async () => {
  await world.moveTo('2025-01-15T00:00:00Z');
  const { exit, series } = await read('update');
  expect(exit).toBe(0);
  expect(series).toMatchObject([{ symbol: NAME, provider: 'binance', rowsAdded: 24, coverage: { missing: 0 } }]);
});

it('is judged by the clock of its market', async () => {
  const { exit, series } = await read(`validate-gaps --symbols ${NAME}`);
  expect(exit).toBe(0);
  expect(series).toMatchObject([{ symbol: NAME, assetClass: 'crypto', calendar: '24x7', score: 100 }]);
});

it('is a share where its spelling says so, and a share is asked of no exchange of coins', async () => {
  const aapl = await read(`populate --symbols AAPL --intervals 1d --start-date 2025-01-06 --dry-run`);
  expect(aapl.series).toMatchObject([{ symbol: 'AAPL', provider: 'yahoo' }]);
  // The simulated Yahoo does not list Airbnb: that it is the one who is asked is the point.
  for (const named of ['', ' --provider yahoo']) {
    const { series } = await read(`populate --symbols ABNB --intervals 1d --start-date 2025-01-06${named}`);
    expect(series).toMatchObject([{ symbol: 'ABNB', error: { code: 'SYMBOL_UNKNOWN' } }]);
  }
  const asked = (await world.entries()).filter(({ what }) => what.includes('ABNB'));
  expect([...new Set(asked.map(({ server }) => server))]).toEqual(['yahoo']);
});
