// biome-ignore-all lint/suspicious/noExplicitAny: replies are looked at as they come
import { afterEach, describe, expect, it } from '@jest/globals';
import { regroup } from '../src/market/aggregate.js';
import { createMarket } from '../src/market/create-market.js';
import type { Listing, Step, TruthBars } from '../src/market/market.js';
import { findSessionsBetween } from '../src/market/new-york.js';
import { createFaults, type PlannedFault } from '../src/servers/create-faults.js';
import { createLog } from '../src/servers/create-log.js';
import type { YahooOptions } from '../src/servers/yahoo/options.js';
import { startYahoo } from '../src/servers/yahoo/start-yahoo.js';

const market = createMarket({ seed: 7 });
const EVENING = '2026-09-16T23:30:00Z';
const PLAIN = { extraRows: false, halfDayHole: false, firstMinuteEmpty: false, nullRows: false };
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function start(now = EVENING, options: YahooOptions = {}, faults: readonly PlannedFault[] = []) {
  const log = createLog();
  const parts = { market, now: () => Date.parse(now), log, faults: createFaults(faults) };
  const server = await startYahoo({ ...parts, ...options });
  opened.push(server);
  const ask = async (symbol: string, interval: string, from: string, to: string, extra = '') => {
    const query = `useYfid=true&interval=${interval}&includePrePost=${extra.includes('includePrePost') ? 'true' : 'false'}&events=div%7Csplit%7Cearn&lang=en-US`;
    const period = `period1=${Date.parse(from) / 1000}&period2=${Date.parse(to) / 1000}`;
    const reply = await fetch(`${server.url}/v8/finance/chart/${symbol}?${query}&${period}${extra}`);
    const text = await reply.text();
    const body = text.startsWith('{') ? JSON.parse(text) : undefined;
    return { status: reply.status, headers: reply.headers, text, chart: body?.chart, result: body?.chart.result?.[0] };
  };
  return { server, ask, log };
}

function listingOf(symbol: string): Listing {
  const listing = market.find(symbol);
  if (listing === undefined) throw new Error(symbol);
  return listing;
}

/** What stands in a result, row by row, nulls left out. */
function rowsOf(result: any): (readonly number[])[] {
  const { open, high, low, close, volume } = result.indicators.quote[0];
  return (result.timestamp ?? [])
    .map((time: number, at: number) => [time, open[at], high[at], low[at], close[at], volume[at]])
    .filter((row: unknown[]) => row[1] !== null);
}

function truthRows(
  bars: TruthBars,
  stampOf = (time: number) => time,
  split = (_time: number) => 1,
): (readonly number[])[] {
  return Array.from(bars.time, (time, at) => {
    const price = (column: Float64Array) => Math.fround((column[at] as number) * split(time));
    const volume = Math.round((bars.volume[at] as number) / split(time));
    return [stampOf(time) / 1000, price(bars.open), price(bars.high), price(bars.low), price(bars.close), volume];
  });
}

const bars = (symbol: string, step: Step, from: string, to: string) =>
  market.bars(listingOf(symbol), step, Date.parse(from), Date.parse(to));

/** In summer the bell rings an hour earlier by UTC; these dates say which it is. */
const isSummer = (time: number) => time >= Date.parse('2026-03-08') && time < Date.parse('2026-11-01');
const bell = (date: number) => date + (isSummer(date) ? 13.5 : 14.5) * 3_600_000;

describe('bars equal the truth', () => {
  it.each([
    ['AAPL', '1m', '1m', '2026-09-10T00:00Z', '2026-09-16T00:00Z'],
    ['AAPL', '5m', '5m', '2026-08-31T00:00Z', '2026-09-03T00:00Z'],
    ['SPY', '30m', '30m', '2026-08-28T00:00Z', '2026-09-08T12:00Z'],
    ['BTC-USD', '15m', '15m', '2026-08-30T00:00Z', '2026-09-02T00:00Z'],
    ['BTC-USD', '1h', '1h', '2025-12-30T00:00Z', '2026-01-02T00:00Z'],
    ['EURUSD=X', '1h', '1h', '2026-03-27T00:00Z', '2026-03-31T00:00Z'],
    ['EURUSD=X', '60m', '1h', '2026-09-11T00:00Z', '2026-09-15T00:00Z'],
  ] as const)('%s %s', async (symbol, interval, step, from, to) => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const { status, result } = await ask(symbol, interval, from, to);
    expect(status).toBe(200);
    const truth = truthRows(bars(symbol, step, from, to));
    const last = Date.parse(to) / 1000;
    expect(rowsOf(result).filter(([time]) => (time as number) < last)).toEqual(truth);
    expect(truth.length).toBeGreaterThan(20);
  });

  it('of hours that open with the bell, across a change of the clocks', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const { result } = await ask('AAPL', '1h', '2026-03-05T00:00Z', '2026-03-11T00:00Z');
    const hours = result.timestamp.map((time: number) => new Date(time * 1000).toISOString().slice(5, 16));
    expect(hours.filter((hour: string) => hour.startsWith('03-06'))[0]).toBe('03-06T14:30');
    expect(hours.filter((hour: string) => hour.startsWith('03-09'))).toEqual(
      [13, 14, 15, 16, 17, 18, 19].map((hour) => `03-09T${hour}:30`),
    );
    const openOf = (time: number) => {
      const [session] = findSessionsBetween(time, time + 1);
      const open = session?.open as number;
      return open + Math.floor((time - open) / 3_600_000) * 3_600_000;
    };
    expect(rowsOf(result)).toEqual(
      truthRows(regroup(bars('AAPL', '30m', '2026-03-05T00:00Z', '2026-03-11T00:00Z'), openOf)),
    );
  });

  it('of days, stamped with the bell', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const { result } = await ask('AAPL', '1d', '2025-12-15T00:00Z', '2026-03-20T00:00Z');
    expect(rowsOf(result)).toEqual(truthRows(bars('AAPL', '1d', '2025-12-15T00:00Z', '2026-03-20T00:00Z'), bell));
    expect(result.indicators.adjclose[0].adjclose).toHaveLength(result.timestamp.length);
  });

  it('of days of coins and currencies, stamped with midnight in their places', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const coin = await ask('BTC-USD', '1d', '2024-12-28T00:00Z', '2025-01-03T00:00Z');
    const days = bars('BTC-USD', '1d', '2024-12-28T00:00Z', '2025-01-03T00:00:00.001Z');
    expect(rowsOf(coin.result)).toEqual(truthRows(days));
    expect(coin.result.timestamp.at(-1)).toBe(Date.parse('2025-01-03') / 1000);

    const euro = await ask('EURUSD=X', '1d', '2026-06-01T00:00Z', '2026-06-12T00:00Z');
    const summer = bars('EURUSD=X', '1d', '2026-06-02T00:00Z', '2026-06-13T00:00Z');
    expect(rowsOf(euro.result)).toEqual(truthRows(summer, (time) => time - 3_600_000));
    expect(new Date(euro.result.timestamp[0] * 1000).toISOString()).toBe('2026-06-01T23:00:00.000Z');
  });

  it('of weeks and months', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const weeks = await ask('MSFT', '1wk', '2025-12-01T00:00Z', '2026-02-20T00:00Z');
    expect(rowsOf(weeks.result)).toEqual(truthRows(bars('MSFT', '1w', '2025-12-01T00:00Z', '2026-02-20T00:00Z'), bell));
    const months = await ask('MSFT', '1mo', '2025-11-01T05:00Z', '2026-03-31T00:00Z');
    const stampOf = (time: number) => time + (isSummer(time) || time === Date.parse('2025-11-01') ? 4 : 5) * 3_600_000;
    const truth = truthRows(bars('MSFT', '1mo', '2025-12-01T00:00Z', '2026-03-31T00:00Z'), stampOf);
    expect(rowsOf(months.result)).toEqual(truth);
  });

  it('with splits taken out of all prices, and dividends out of one column', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const { result } = await ask('AAPL', '1d', '2020-08-20T00:00Z', '2020-09-10T00:00Z');
    const day = Date.parse('2020-08-31');
    const split = (time: number) => (time < day ? 1 / 4 : 1);
    const raw = bars('AAPL', '1d', '2020-08-20T00:00Z', '2020-09-10T00:00Z');
    expect(rowsOf(result)).toEqual(truthRows(raw, (time) => time + 13.5 * 3_600_000, split));
    const stamp = day / 1000 + 13.5 * 3600;
    expect(result.events.splits).toEqual({ [stamp]: { date: stamp, numerator: 4, denominator: 1, splitRatio: '4:1' } });
    const { adjclose } = result.indicators.adjclose[0];
    const { close } = result.indicators.quote[0];
    expect(adjclose.every((price: number, at: number) => price < close[at])).toBe(true);
  });

  it('and have not split before it happened', async () => {
    const { ask } = await start('2020-08-28T22:00:00Z', { quirks: PLAIN });
    const { result } = await ask('AAPL', '1d', '2020-08-20T00:00Z', '2020-08-28T22:00Z');
    const raw = bars('AAPL', '1d', '2020-08-20T00:00Z', '2020-08-29T00:00Z');
    expect(rowsOf(result)).toEqual(truthRows(raw, (time) => time + 13.5 * 3_600_000));
    expect(result.events?.splits).toBeUndefined();
  });
});

describe('rows beside the bars', () => {
  it('while it trades: a null minute, then the last trade off the grid', async () => {
    const { ask } = await start('2026-09-16T15:00:36Z');
    const { result } = await ask('AAPL', '1m', '2026-09-16T14:50Z', '2026-09-16T15:10Z');
    const { close, volume } = result.indicators.quote[0];
    expect(result.timestamp.slice(-3)).toEqual(
      ['14:59:00', '15:00:00', '15:00:36'].map((time) => Date.parse(`2026-09-16T${time}Z`) / 1000),
    );
    expect(close.at(-2)).toBeNull();
    expect([close.at(-1) !== null, volume.at(-1)]).toEqual([true, 0]);
  });

  it('after the close: one at the closing bell without volume', async () => {
    const { ask } = await start('2026-09-16T20:30:00Z');
    const { result } = await ask('AAPL', '1m', '2026-09-16T19:55Z', '2026-09-16T21:00Z');
    expect(result.timestamp.at(-1)).toBe(Date.parse('2026-09-16T20:00Z') / 1000);
    expect(result.indicators.quote[0].volume.at(-1)).toBe(0);
  });

  it('of a day that runs: its own date twice, its week once more', async () => {
    const { ask } = await start('2026-09-16T15:00:36Z');
    const days = await ask('AAPL', '1d', '2026-09-14T00:00Z', '2026-09-17T00:00Z');
    const last = [Date.parse('2026-09-16T13:30Z') / 1000, Date.parse('2026-09-16T15:00:36Z') / 1000];
    expect(days.result.timestamp.slice(-2)).toEqual(last);
    const weeks = await ask('AAPL', '1wk', '2026-09-01T00:00Z', '2026-09-17T00:00Z');
    expect(weeks.result.timestamp.slice(-2)).toEqual([Date.parse('2026-09-14T13:30Z') / 1000, last[1]]);
  });

  it('before the bell there is no today', async () => {
    const { ask } = await start('2026-09-16T13:00:00Z');
    const { result } = await ask('AAPL', '1d', '2026-09-14T00:00Z', '2026-09-17T00:00Z');
    expect(result.timestamp.at(-1)).toBe(Date.parse('2026-09-15T13:30Z') / 1000);
  });

  it('of a half day: no last half hour, and strangers where days end', async () => {
    const { ask } = await start(EVENING);
    const { result } = await ask('AAPL', '1h', '2025-11-28T00:00Z', '2025-11-29T00:00Z');
    const hours = result.timestamp.map((time: number) => new Date(time * 1000).toISOString().slice(11, 16));
    expect(hours).toEqual(['14:30', '15:30', '16:30', '17:30', '18:00', '21:00']);
    const { open, volume } = result.indicators.quote[0];
    expect([open[3], volume[3], volume[4], volume[5]]).toEqual([null, null, 0, 0]);
  });

  it('of holidays and silence are nulls', async () => {
    const { ask } = await start(EVENING);
    const { result } = await ask('AAPL', '1d', '2026-06-29T00:00Z', '2026-07-08T00:00Z');
    const at = result.timestamp.indexOf(Date.parse('2026-07-03T13:30Z') / 1000);
    expect(result.indicators.quote[0].close[at]).toBeNull();
    expect(result.indicators.adjclose[0].adjclose[at]).toBeNull();
    const thin = await ask('THIN', '5m', '2026-09-14T13:30Z', '2026-09-14T19:59Z');
    expect(rowsOf(thin.result)).toEqual(truthRows(bars('THIN', '5m', '2026-09-14T13:30Z', '2026-09-14T20:00Z')));
  });

  it('of a window’s first minute lose their volume now and then', async () => {
    const { ask } = await start(EVENING);
    const firsts: number[] = [];
    for (let minute = 10; minute < 30; minute += 1) {
      const { result } = await ask('AAPL', '1m', `2026-09-15T14:${minute}Z`, '2026-09-15T14:40Z');
      firsts.push(result.indicators.quote[0].volume[0]);
    }
    expect(firsts.filter((volume) => volume === 0).length).toBeGreaterThan(1);
    expect(firsts.filter((volume) => volume > 0).length).toBeGreaterThan(5);
  });

  it('before and after the bells come when asked for, without volume', async () => {
    const { ask } = await start(EVENING, { quirks: PLAIN });
    const { result } = await ask('AAPL', '15m', '2026-09-15T00:00Z', '2026-09-16T00:00Z', '&comment=includePrePost');
    const outside = rowsOf(result).filter(([time]) => {
      const hour = ((time as number) % 86_400) / 3600;
      return hour < 13.5 || hour >= 20;
    });
    expect(outside.length).toBeGreaterThan(10);
    expect(outside.every((row) => row[5] === 0)).toBe(true);
    expect(Object.keys(result.meta.tradingPeriods)).toEqual(['pre', 'regular', 'post']);
  });
});

describe('a window without trades', () => {
  it('has neither stamps nor an error', async () => {
    const { ask } = await start();
    const { status, result } = await ask('AAPL', '5m', '2026-09-12T00:00Z', '2026-09-13T00:00Z');
    expect(status).toBe(200);
    expect(result.timestamp).toBeUndefined();
    expect(result.indicators.quote).toEqual([{}]);
    expect(result.meta.symbol).toBe('AAPL');
  });
});

describe('refusals', () => {
  it.each([
    ['NOPE', '1d', '2026-09-01', '2026-09-05', 404, 'Not Found', 'No data found, symbol may be delisted'],
    ['aapl', '1d', '2026-09-01', '2026-09-05', 404, 'Not Found', 'No data found, symbol may be delisted'],
    [
      'AAPL',
      '7d',
      '2026-09-01',
      '2026-09-05',
      400,
      'Bad Request',
      'Invalid input - interval=7d is not supported. Valid intervals: [1m, 2m, 5m, 15m, 30m, 60m, 90m, 1h, 1d, 5d, 1wk, 1mo, 3mo]',
    ],
    [
      'AAPL',
      '1m',
      '2026-08-20',
      '2026-09-05',
      422,
      'Unprocessable Entity',
      '1m data not available for startTime=1787184000 and endTime=1788566400. Only 8 days worth of 1m granularity data are allowed to be fetched per request.',
    ],
    [
      'AAPL',
      '1m',
      '2026-08-10',
      '2026-08-12',
      422,
      'Unprocessable Entity',
      '1m data not available for startTime=1786320000 and endTime=1786492800. The requested range must be within the last 30 days.',
    ],
    [
      'AAPL',
      '5m',
      '2026-07-01',
      '2026-09-12',
      422,
      'Unprocessable Entity',
      '5m data not available for startTime=1782864000 and endTime=1789171200. The requested range must be within the last 60 days.',
    ],
    [
      'AAPL',
      '1h',
      '2024-09-01',
      '2024-09-12',
      422,
      'Unprocessable Entity',
      '1h data not available for startTime=1725148800 and endTime=1726099200. The requested range must be within the last 730 days.',
    ],
    [
      'AAPL',
      '1d',
      '1980-01-01',
      '1980-09-12',
      400,
      'Bad Request',
      "Data doesn't exist for startDate = 315532800, endDate = 337564800",
    ],
  ])('%s %s %s', async (symbol, interval, from, to, status, code, description) => {
    const { ask } = await start();
    const reply = await ask(symbol, interval, from, to);
    expect(reply.status).toBe(status);
    expect(reply.chart).toEqual({ result: null, error: { code, description } });
  });

  it('exactly 730 days is too much, 729 is not', async () => {
    const { ask } = await start('2026-09-16T00:00:00Z');
    expect((await ask('AAPL', '1h', '2024-09-16', '2024-09-20')).status).toBe(422);
    expect((await ask('AAPL', '1h', '2024-09-17', '2024-09-20')).status).toBe(200);
  });

  it('of haste are plain text, and so are those of some clients', async () => {
    const { ask, server } = await start(EVENING, { rateLimit: { max: 1, perMs: 60_000 } });
    await ask('AAPL', '1d', '2026-09-01', '2026-09-05');
    const reply = await ask('AAPL', '1d', '2026-09-01', '2026-09-05');
    expect([reply.status, reply.text, reply.headers.get('retry-after')]).toEqual([
      429,
      'Edge: Too Many Requests',
      null,
    ]);
    expect(reply.headers.get('content-type')).toContain('text/plain');
    const other = await start();
    const curl = await fetch(`${other.server.url}/v8/finance/chart/AAPL`, { headers: { 'user-agent': 'curl/8' } });
    expect(curl.status).toBe(429);
    expect(server.url).not.toBe(other.server.url);
  });
});

it('describes the symbol by what holds now', async () => {
  const { ask } = await start(EVENING);
  const { result, headers } = await ask('AAPL', '1d', '2026-01-05T00:00Z', '2026-01-09T00:00Z');
  expect(result.meta).toMatchObject({
    currency: 'USD',
    symbol: 'AAPL',
    instrumentType: 'EQUITY',
    exchangeTimezoneName: 'America/New_York',
    timezone: 'EDT',
    gmtoffset: -14_400,
    dataGranularity: '1d',
    range: '',
  });
  expect(result.meta.tradingPeriods).toBeUndefined();
  expect(headers.get('content-type')).toBe('application/json;charset=utf-8');
});

it('spoils answers on request and logs them', async () => {
  const { ask, log } = await start(EVENING, {}, [
    { server: 'yahoo', fault: { kind: 'status', status: 502, body: '<html>' } },
  ]);
  expect((await ask('AAPL', '1d', '2026-09-01', '2026-09-05')).status).toBe(502);
  expect((await ask('AAPL', '1d', '2026-09-01', '2026-09-05')).status).toBe(200);
  expect(log.entries.map(({ server, status }) => [server, status])).toEqual([
    ['yahoo', 502],
    ['yahoo', 200],
  ]);
});
