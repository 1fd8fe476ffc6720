import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cutRows } from '../support/cut-rows.js';
import { hashYears } from '../support/file-hashes.js';
import { installPlugins } from '../support/plugin-folder.js';
import { skewedProvider } from '../support/skewed-provider.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const root = temporaryFolder();
let world: World;
let folder: string;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
  folder = await world.newFolder(root);
  const words = 'cache populate --symbols BTCUSDT --intervals 1h --start-date 2025-01-01 --end-date 2025-01-31';
  expect((await world.run(folder, words)).exit).toBe(0);
  const file = path.join(folder, 'almanac.config.json');
  const settings = JSON.parse(readFileSync(file, 'utf8'));
  settings.providers.reseller = {
    url: settings.providers.binance.restUrl,
    factor: 1.02,
    without: ['2025-01-05T00:00Z', '2025-01-05T03:00Z'],
  };
  writeFileSync(file, JSON.stringify(settings));
  installPlugins(path.join(folder, 'data'), { 'almanac-provider-reseller': skewedProvider('reseller') });
  await world.clear();
}, 60_000);
afterAll(() => world.close());

const words = 'cache compare BTCUSDT 1h --providers binance,reseller';

it('reads one from the cache, fetches the other, and stores nothing', async () => {
  const before = hashYears(path.join(folder, 'market'));
  const run = await world.run(folder, `${words} --start-date 2025-01-02 --end-date 2025-01-08 --json`);
  expect({ exit: run.exit, stderr: run.stderr }).toEqual({ exit: 0, stderr: '' });
  const said = JSON.parse(run.stdout);
  expect(said).toMatchObject({
    schemaVersion: 1,
    symbol: 'BTCUSDT',
    interval: '1h',
    from: '2025-01-02T00:00:00Z',
    to: '2025-01-09T00:00:00Z',
    providers: [
      { provider: 'binance', bars: 168, cached: 168, fetched: 0, requests: 0, missing: 0 },
      {
        provider: 'reseller',
        bars: 165,
        cached: 0,
        fetched: 165,
        missing: 3,
        missingOpens: ['2025-01-05T00:00:00Z', '2025-01-05T01:00:00Z', '2025-01-05T02:00:00Z'],
      },
    ],
    overlap: 165,
    closes: { ratio: expect.closeTo(1.02, 9), spread: expect.closeTo(0, 9), within: 0 },
    returns: { correlation: expect.closeTo(1), shift: 0 },
    volumeRatio: expect.closeTo(1),
  });
  expect(said.worst).toHaveLength(10);
  expect(said.worst[0].difference).toBeCloseTo(0.02, 9);
  expect(hashYears(path.join(folder, 'market'))).toEqual(before);
});

it('without dates takes the last 500 bars that the cache has; piped it is a table between tabs', async () => {
  const { stdout } = await world.run(folder, words);
  const lines = stdout.split('\n');
  expect(lines[0]).toBe('WHAT\treseller against binance');
  expect(lines).toContain('in common\t500');
  expect(lines).toContain('closes, usual ratio\treseller is 1.02000 × binance');
  expect(lines).toContain('WORST BARS\tBINANCE\tRESELLER\tDIFFERENCE');
});

it('says what it lacks: two providers, a provider that has the series', async () => {
  const one = await world.run(folder, 'cache compare BTCUSDT 1h --providers binance');
  expect({ exit: one.exit, said: one.stderr }).toMatchObject({ exit: 2 });
  expect(one.stderr).toContain('two different providers');
  const other = await world.run(folder, 'cache compare BTCUSDT 1h --providers binance,deriv');
  expect({ exit: other.exit }).toEqual({ exit: 2 });
  expect(other.stderr).toContain('deriv cannot be asked for BTCUSDT 1h');
});

it('leaves holes of the cache holes: what it compares is what is there', async () => {
  const own = await world.newFolder(root);
  cpSync(folder, own, { recursive: true });
  await cutRows(own, 'BTCUSDT', '1h', '2025-01-20T00:00Z', '2025-01-20T05:00Z');
  const run = await world.run(own, `${words} --start-date 2025-01-19 --end-date 2025-01-21 --json`);
  expect(JSON.parse(run.stdout).providers[0]).toMatchObject({ bars: 67, missing: 5 });
});
