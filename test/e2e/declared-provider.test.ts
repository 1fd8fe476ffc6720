import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
import { openStore } from '../../src/store/open-store.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const root = temporaryFolder();
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
});
afterAll(() => world.close());

/** The form of Coinbase's candles, written by hand, as somebody would for an exchange that Almanac does not know. */
const yamlFor = (url: string) => `
api: 1
id: my-exchange
name: My Exchange
baseUrl: ${url}
request:
  path: /products/{native}/candles
  query: { granularity: "{timeframe}", start: "{start.iso}", end: "{end.iso}" }
paging: { style: forward, barsPerRequest: 300, end: inclusive }
rows: { at: "", order: descending, time: 0, low: 1, high: 2, open: 3, close: 4, volume: 5 }
time: { unit: s }
market: { assetClass: crypto, calendar: 24x7 }
timeframes:
  1h: { code: 3600, reach: { since: 2015-07-20 } }
symbols:
  accept: ["{base}-{quote}"]
  native: "{base}-{quote}"
  quotes: [USD]
limits: { concurrency: 2, windows: [{ name: second, max: 10, seconds: 1 }] }
samples:
  known: { symbol: BTC-USD, timeframe: 1h, start: 2025-02-03, end: 2025-02-05 }
  unknown: XQZNOSUCH-USD
`;

async function settle(): Promise<string> {
  const folder = await world.newFolder(root);
  mkdirSync(path.join(folder, 'providers'));
  return folder;
}

function urlOf(folder: string, id: string): string {
  return JSON.parse(readFileSync(path.join(folder, 'almanac.config.json'), 'utf8')).providers[id].url;
}

async function expectTruth(folder: string, symbol: string, from: string, to: string): Promise<void> {
  const series = openStore(path.join(folder, 'market')).series(symbol, '1h');
  const bars = await series.read({ start: Date.parse(from), end: Date.parse(to) });
  const truth = await world.truth('BTC-USD', '1h', from, to);
  expect(bars.time.length).toBeGreaterThan(100);
  expect([...bars.time]).toEqual([...truth.time]);
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const)
    expect([...column(bars, name)]).toEqual([...truth[name]]);
}

const HOURLY = '--symbols BTC-USD --intervals 1h --start-date 2025-02-15 --end-date 2025-03-01 --json';

describe('a YAML file in the config folder', () => {
  it('is a provider like any other: listed, checked, and its bars are the truth', async () => {
    const folder = await settle();
    const file = path.join(folder, 'providers', 'mine.yaml');
    writeFileSync(file, yamlFor(urlOf(folder, 'coinbase')));
    const listed = await world.run(folder, 'providers list');
    expect(listed.stderr).toBe('');
    expect(listed.stdout).toContain('my-exchange\tMy Exchange\tcrypto\t1h\tnone\tmine.yaml\tfile\n');
    const info = await world.run(folder, 'providers info my-exchange');
    expect(info.stdout).toContain(`from mine.yaml (file) in ${file}`);

    const run = await world.run(folder, `cache populate ${HOURLY} --provider my-exchange`);
    expect({ exit: run.exit, status: JSON.parse(run.stdout).status }).toEqual({ exit: 0, status: 'complete' });
    await expectTruth(folder, 'BTC-USD', '2025-02-15T00:00:00Z', '2025-03-02T00:00:00Z');

    const checked = await world.run(folder, 'providers check my-exchange');
    expect(checked.stdout).not.toContain('\tfail');
    expect(checked.exit).toBe(0);
  }, 60_000);
});

describe('the declarations that ship', () => {
  it.each(['kraken', 'coinbase', 'bitstamp'])('%s brings the truth to who names it', async (id) => {
    const folder = await settle();
    const run = await world.run(folder, `cache populate ${HOURLY} --provider ${id}`);
    expect(JSON.parse(run.stdout).series[0].error).toBeUndefined();
    await expectTruth(folder, 'BTC-USD', '2025-02-15T00:00:00Z', '2025-03-02T00:00:00Z');
  });

  it('find where a series begins by a few requests, however far back that is', async () => {
    const folder = await settle();
    await world.clear();
    const run = await world.run(folder, 'cache populate --symbols SOL-USD --intervals 1d --provider coinbase --json');
    const [series] = JSON.parse(run.stdout).series;
    expect(series.coverage).toMatchObject({ missing: 0 });
    const bars = await openStore(path.join(folder, 'market'))
      .series('SOL-USD', '1d')
      .read({
        start: 0,
        end: Date.parse('2025-03-10T00:00:00Z'),
      });
    expect(new Date(bars.time[0] as number).toISOString()).toBe('2020-04-10T00:00:00.000Z');
    expect((await world.entries()).length).toBeLessThan(20);
  });

  it('are asked by nobody else: not first, and not for holes', async () => {
    const folder = await settle();
    await world.clear();
    await world.run(folder, `cache populate ${HOURLY}`);
    await world.run(folder, `cache populate ${HOURLY.replace('BTC-USD', 'BTC-EUR')}`);
    await world.run(folder, 'cache fill-gaps --symbols BTC-USD --intervals 1h');
    const asked = new Set((await world.entries()).map(({ server }) => server));
    expect([...asked].filter((name) => ['kraken', 'coinbase', 'bitstamp'].includes(name))).toEqual([]);
  });

  it('serve a route that names them', async () => {
    const folder = await world.newFolder(root, { routes: [{ match: 'BTC-*', providers: ['bitstamp'] }] });
    const run = await world.run(folder, `cache populate ${HOURLY}`);
    expect(JSON.parse(run.stdout).series[0]).toMatchObject({ provider: 'bitstamp' });
  });
});
