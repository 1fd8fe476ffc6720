import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import type { Bars, Context, Instrument, Timeframe } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMarket } from '../../sandbox/src/market/create-market.js';
import type { Listing, Step, TruthBars } from '../../sandbox/src/market/market.js';
import { FIREWALL, GEO_BLOCK, TIMEOUT } from '../../sandbox/src/servers/binance/refusals.js';
import { startBinance } from '../../sandbox/src/servers/binance/start-binance.js';
import { createFaults } from '../../sandbox/src/servers/create-faults.js';
import { createLog } from '../../sandbox/src/servers/create-log.js';
import type { WireServer } from '../../sandbox/src/servers/server.js';
import { binance } from '../src/index.js';
import type { Options } from '../src/options.js';
import { SPOT_TIMEFRAMES } from '../src/timeframes.js';
import { collect, failure } from './scripted-host.js';
import { agree } from './truth.js';

const market = createMarket();
const log = createLog();
const faults = createFaults();
const NOW = Date.parse('2025-09-10T10:17:33.500Z');
const clock = { now: NOW };
let server: WireServer;

beforeAll(async () => {
  server = await startBinance({ market, log, faults, now: () => clock.now });
});
afterAll(() => server.close());

async function withHost<T>(work: (context: Context<Options>) => Promise<T>): Promise<T> {
  const { url } = server;
  const host = await createHost(binance, {
    options: { restUrl: url, futuresUrl: url, coinFuturesUrl: url },
    limit: { windows: [{ name: 'weight', max: 1_000_000, perMs: 60_000 }] },
    patience: { attempts: 1 },
    now: () => clock.now,
  });
  try {
    return await work(host.context as Context<Options>);
  } finally {
    await host.close();
  }
}

function take(symbol: string, context: Context<Options>): Instrument {
  const instrument = binance.instrument(parseSymbol(symbol), context.options);
  if (instrument === undefined) throw new Error(`${symbol} is not Binance's`);
  return instrument;
}

async function fetchAndTruth(symbol: string, timeframe: Timeframe, from: string, to: string) {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  log.clear();
  const bars = await withHost(
    async (context) =>
      (await collect(binance.bars({ instrument: take(symbol, context), timeframe, start, end }, context))) as Bars[],
  );
  const truth: TruthBars = market.bars(market.find(symbol) as Listing, timeframe as Step, start, end);
  return { bars, truth };
}

const RANGES: Readonly<Partial<Record<Timeframe, readonly [string, string]>>> = {
  '1s': ['2024-12-31T23:50Z', '2025-01-01T00:30Z'],
  '1m': ['2024-12-30T12:00Z', '2025-01-02T12:00Z'],
  '3d': ['2023-11-01', '2025-03-01'],
  '1w': ['2023-11-01', '2025-03-01'],
  '1mo': ['2020-01-01', '2025-03-01'],
};

it.each(SPOT_TIMEFRAMES)('brings every %s bar as it was, across the turn of a year', async (timeframe) => {
  const [from, to] = RANGES[timeframe] ?? ['2024-12-20', '2025-01-12'];
  const { bars, truth } = await fetchAndTruth('BTCUSDT', timeframe, from, to);
  expect(truth.time.length).toBeGreaterThan(10);
  agree(bars, truth);
});

it.each(['BTCUSDT@um', 'BTCUSD_PERP@cm'])('brings %s over several pages at the price it said', async (symbol) => {
  const { bars, truth } = await fetchAndTruth(symbol, '5m', '2024-12-28', '2025-01-04');
  agree(bars, truth);
  expect(log.entries.map(({ cost }) => cost)).toEqual([2, 2, 2, 2, 1]);
});

it.each<[Timeframe, string, string]>([
  ['1m', '2025-09-04T05:06Z', '2025-09-08T07:08Z'],
  ['1h', '2020-07-15', '2021-03-01'],
  ['1d', '2019-09-01', '2025-09-01'],
  ['3d', '2019-09-01', '2025-09-01'],
  ['1w', '2019-09-01', '2025-09-01'],
  ['1mo', '2019-09-01', '2025-09-01'],
])('brings every %s bar of COIN-M, which never gives more than 200 days', async (timeframe, from, to) => {
  const { bars, truth } = await fetchAndTruth('BTCUSD_PERP@cm', timeframe, from, to);
  expect(truth.time.length).toBeGreaterThan(50);
  agree(bars, truth);
  expect(log.entries.length).toBeLessThan(15);
});

it.each<[Timeframe, string]>([
  ['1m', '2020-08-10T07:00Z'],
  ['1h', '2020-08-10T07:00Z'],
  ['1d', '2020-08-10'],
  ['1w', '2020-08-10'],
  ['1mo', '2020-08-01'],
])('finds the first bar of %s of COIN-M', async (timeframe, first) => {
  const at = await withHost((context) => {
    const instrument = take('BTCUSD_PERP@cm', context);
    return binance.firstBar?.({ instrument, timeframe }, context) ?? Promise.resolve(undefined);
  });
  expect(at).toBe(Date.parse(first));
});

it('tells an unknown contract from one that has not begun', async () => {
  expect((await failure(fetchAndTruth('NOSUCHUSD_PERP@cm', '1h', '2024-01-01', '2024-01-02'))).code).toBe(
    'SYMBOL_UNKNOWN',
  );
  const first = withHost(async (context) =>
    binance.firstBar?.({ instrument: take('NOSUCHUSD_PERP@cm', context), timeframe: '1h' }, context),
  );
  expect((await failure(first)).code).toBe('SYMBOL_UNKNOWN');
  expect((await fetchAndTruth('BTCUSD_PERP@cm', '1h', '2020-06-01', '2020-06-10')).bars).toEqual([]);
});

it('has nothing where the exchange stood still, on either side of which all is well', async () => {
  const { bars, truth } = await fetchAndTruth('BTCUSDT', '5m', '2020-02-19', '2020-02-20');
  agree(bars, truth);
  expect(truth.time.length).toBe(288 - 70);
});

it('finds the hours that opened off the grid, and all that follow', async () => {
  const { bars } = await fetchAndTruth('BTCUSDT', '1h', '2018-02-09', '2018-02-12');
  const times = bars.flatMap(({ time }) => [...time]);
  expect(times).toContain(1518168494789);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(times.at(-1)).toBe(Date.parse('2018-02-11T23:00Z'));
});

it('begins where the listing begins, and ends where it ends', async () => {
  const first = await fetchAndTruth('ETHUSDT', '1d', '2017-01-01', '2017-12-01');
  agree(first.bars, first.truth);
  expect(first.truth.time[0]).toBe(Date.parse('2017-08-17'));
  const last = await fetchAndTruth('LUNAUSDT', '1h', '2022-05-01', '2022-06-01');
  agree(last.bars, last.truth);
  const before = await fetchAndTruth('SOLUSDT', '1h', '2019-01-01', '2019-02-01');
  expect(before.bars).toEqual([]);
});

it.each<[Timeframe, string]>([
  ['1m', '2025-09-10T09:00Z'],
  ['1h', '2025-09-08T00:00Z'],
  ['1d', '2025-08-01T00:00Z'],
  ['1w', '2025-06-01T00:00Z'],
  ['1mo', '2025-01-01T00:00Z'],
])('leaves out the %s bar that is forming', async (timeframe, from) => {
  const { bars } = await fetchAndTruth('BTCUSDT', timeframe, from, '2025-12-01');
  const whole = market.bars(market.find('BTCUSDT') as Listing, timeframe as Step, Date.parse(from), NOW);
  // The truth has the running bar complete; one that opened and has not closed by now is the only difference.
  const closed = whole.time.length - 1;
  agree(bars, whole, closed);
});

it('tells an unknown symbol from an empty range', async () => {
  expect((await failure(fetchAndTruth('NOSUCHUSDT', '1h', '2024-01-01', '2024-01-02'))).code).toBe('SYMBOL_UNKNOWN');
});

it('says which way round a closed border there is', async () => {
  const body = JSON.stringify({ code: 0, msg: 'Service unavailable from a restricted location' });
  faults.add({ server: 'binance', fault: { kind: 'status', status: 451, body } });
  expect(await failure(fetchAndTruth('BTCUSDT', '1h', '2024-01-01', '2024-01-02'))).toMatchObject({
    code: 'BLOCKED',
    suggestions: [expect.stringContaining('data-api.binance.vision')],
  });
});

it('finds the first bar, the clock and the weight used', async () => {
  const host = await createHost(binance, { options: { restUrl: server.url }, now: () => clock.now });
  const context = host.context as Context<Options>;
  const instrument = take('BTCUSDT', context);
  expect(await binance.firstBar?.({ instrument, timeframe: '1h' }, context)).toBe(Date.parse('2017-08-17T04:00Z'));
  expect(await binance.probe?.(context)).toEqual({ detail: expect.stringContaining('127.0.0.1'), serverTime: NOW });
  const headers = { 'x-mbx-used-weight-1m': '4321' };
  faults.add({ server: 'binance', fault: { kind: 'status', status: 200, headers, body: `{"serverTime":${NOW}}` } });
  await binance.probe?.(context);
  const [weight] = await host.turnstile.left('spot');
  expect(weight?.left).toBeLessThanOrEqual(6000 - 4321);
  await host.close();
});

it.each([
  ['a geo-block', GEO_BLOCK, 'BLOCKED', 'data-api.binance.vision'],
  ['the firewall', FIREWALL, 'BLOCKED', ''],
  ['a time-out behind the gateway', TIMEOUT, 'UNAVAILABLE', ''],
])('%s is called what it is', async (_, fault, code, suggestion) => {
  faults.add({ server: 'binance', times: 1, fault });
  const error = await failure(fetchAndTruth('BTCUSDT', '1h', '2024-01-01', '2024-01-02'));
  expect(error).toMatchObject({ code });
  expect(JSON.stringify(error)).toContain(suggestion);
});
