import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const root = temporaryFolder();
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z', {
    'alpha-vantage': { limits: { burst: { max: 100, perMs: 1000 } } },
  });
});
afterAll(() => world.close());

/** Fast by the second, so that a test is about the day. */
const FAST = { name: 'second', max: 100, perMs: 1000 };
const asked = async (): Promise<number> =>
  (await world.entries()).filter(({ server }) => server === 'alpha-vantage').length;

it('25 a day are 25 a day for all processes together, and the rest is said', async () => {
  const folder = path.join(root, 'free');
  mkdirSync(folder);
  await world.settle(folder, { limits: { 'alpha-vantage': { windows: [FAST] } } });
  const words = 'cache populate --symbols AAPL,MSFT,SPY,IBM,THIN --intervals 1d,1w,1mo --start-date 2025-01-01 --json';
  // Fifteen series each, at the same time: 30 requests for 25.
  const runs = await Promise.all([1, 2].map(() => world.run(folder, `${words} --provider alpha-vantage --force`)));
  expect(await asked()).toBe(25);
  type Outcome = { readonly requests: number; readonly error?: { readonly code: string; readonly message: string } };
  const series = runs.flatMap(({ stdout }) => JSON.parse(stdout).series as Outcome[]);
  const refused = series.filter(({ error }) => error !== undefined);
  expect(refused).toHaveLength(5);
  for (const { error } of refused) expect(error).toMatchObject({ code: 'QUOTA' });
  expect(refused[0]?.error?.message).toMatch(/used up until \d{4}-\d\d-\d\dT/);
  expect(runs.map(({ exit }) => exit)).toContain(4);
}, 180_000);

it('a plan says how many days; a run takes what it may, and the next day goes on', async () => {
  const folder = path.join(root, 'premium');
  mkdirSync(folder);
  await world.settle(folder);
  const file = path.join(folder, 'almanac.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  Object.assign(config.providers['alpha-vantage'], { apiKey: 'premiumKey0001', plan: 'free' });
  config.limits = { 'alpha-vantage': { windows: [FAST, { name: 'day', max: 2, perMs: 86_400_000 }] } };
  writeFileSync(file, JSON.stringify(config));
  const words =
    'cache populate --provider alpha-vantage --symbols AAPL,MSFT,SPY,IBM,THIN --intervals 1w --start-date 2025-01-01 --end-date 2025-02-28 --json';
  const plan = JSON.parse((await world.run(folder, `${words} --dry-run`)).stdout);
  expect(plan).toMatchObject({ requests: 5, quotaDays: 3 });

  const dayLater = (): void => {
    const limits = path.join(folder, 'market', '_almanac', 'limits');
    for (const name of readdirSync(limits).filter((each) => each.endsWith('.json'))) {
      const state = JSON.parse(readFileSync(path.join(limits, name), 'utf8'));
      for (const pool of Object.values(state.pools) as { windows: Record<string, { at: number }[]> }[]) {
        for (const slot of pool.windows.day ?? []) slot.at -= 86_400_000;
      }
      writeFileSync(path.join(limits, name), JSON.stringify(state));
    }
  };
  await world.clear();
  const exits = [];
  for (let day = 1; day <= 3; day++) {
    const run = await world.run(folder, words);
    exits.push(run.exit);
    expect(await asked()).toBe(Math.min(5, day * 2));
    dayLater();
  }
  expect(exits).toEqual([4, 4, 0]);
}, 120_000);
