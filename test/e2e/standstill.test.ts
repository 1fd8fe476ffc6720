import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

// Binance stood still on 24 March 2023, and an hour's bar is absent: the register that ships says so.
const SUNDAY = '2023-04-02T12:34:56Z';
const TUESDAY = '2023-04-04T12:34:56Z';
const POPULATE = 'cache populate --quiet --json --symbols BTCUSDT --intervals 1h --start-date 2023-03-20';
const folder = path.join(temporaryFolder(), 'standstill');
let world: World;

beforeAll(async () => {
  world = await World.start(SUNDAY);
  mkdirSync(folder);
  await world.settle(folder);
});
beforeEach(() => world.clear());
afterAll(() => world.close());

async function populate(more = '') {
  const { exit, stdout } = await world.run(folder, POPULATE + more);
  const { status, series } = JSON.parse(stdout);
  return { exit, status, ...series[0] };
}

const bars = async (): Promise<number> =>
  (await world.entries()).filter(({ what }) => /klines\?.*limit=(?!1(&|$))/.test(what) || what.includes('.zip')).length;

it('populate explains what its exchange never had, and is complete', async () => {
  const line = await populate();
  expect(line).toMatchObject({ exit: 0, status: 'complete', coverage: { expected: 324, explained: 1, missing: 0 } });
  expect(await bars()).toBeGreaterThan(0);
});

it('asked once, the hour is not asked for again, not even days later', async () => {
  expect(await populate()).toMatchObject({ exit: 0, rowsAdded: 0, requests: 0 });
  expect(await bars()).toBe(0);
  await world.moveTo(TUESDAY);
  const plan = await populate(' --dry-run');
  expect(plan.tasks).toHaveLength(1);
  expect(plan.tasks[0].from).toBe('2023-04-02T12:00:00Z');
});

it('validate-gaps says the same', async () => {
  const { exit, stdout } = await world.run(folder, 'cache validate-gaps --json --end-date 2023-04-01');
  expect(exit).toBe(0);
  expect(JSON.parse(stdout).series[0].years).toMatchObject([{ explained: 1, missing: 0 }]);
});
