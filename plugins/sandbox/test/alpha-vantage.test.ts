// biome-ignore-all lint/suspicious/noExplicitAny: replies are looked at as they come
import { afterEach, describe, expect, it } from '@jest/globals';
import { createMarket } from '../src/market/create-market.js';
import type { Listing, Step } from '../src/market/market.js';
import type { AlphaVantageOptions } from '../src/servers/alpha-vantage/options.js';
import { startAlphaVantage } from '../src/servers/alpha-vantage/start-alpha-vantage.js';
import { createFaults, type PlannedFault } from '../src/servers/create-faults.js';
import { createLog } from '../src/servers/create-log.js';

const market = createMarket({ seed: 7 });
const EVENING = '2026-09-16T23:30:00Z';
const NO_BURST = { limits: { perDay: 1000, burst: { max: 1000, perMs: 1000 } } };
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function start(now = EVENING, options: AlphaVantageOptions = NO_BURST, faults: readonly PlannedFault[] = []) {
  const log = createLog();
  const parts = { market, now: () => Date.parse(now), log, faults: createFaults(faults) };
  const server = await startAlphaVantage({ ...parts, ...options });
  opened.push(server);
  const get = async (query: string, key: string | null = 'premium1') => {
    const reply = await fetch(`${server.url}/query?${query}${key === null ? '' : `&apikey=${key}`}`);
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  };
  const ask = async (query: string, key?: string | null) => JSON.parse((await get(query, key)).text);
  return { get, ask, log };
}

function truth(symbol: string, step: Step, from: string, to: string) {
  const listing = market.find(symbol) as Listing;
  const bars = market.bars(listing, step, Date.parse(from), Date.parse(to));
  return Array.from(bars.time, (time, row) => ({
    time,
    prices: [bars.open, bars.high, bars.low, bars.close].map((column) => column[row] as number),
    volume: bars.volume[row] as number,
  }));
}

/** `2026-09-16 09:30:00`, for an offset of so many hours. */
const labelled = (time: number, hours: number) =>
  new Date(time + hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const dated = (time: number) => new Date(time).toISOString().slice(0, 10);
const textOf = ({ prices, volume }: { prices: number[]; volume: number }, decimals = 4) => ({
  '1. open': prices[0]?.toFixed(decimals),
  '2. high': prices[1]?.toFixed(decimals),
  '3. low': prices[2]?.toFixed(decimals),
  '4. close': prices[3]?.toFixed(decimals),
  '5. volume': String(volume),
});

describe('bars equal the truth', () => {
  it('of a month of New York, across a change of the clocks, newest first', async () => {
    const { ask } = await start();
    const reply = await ask(
      'function=TIME_SERIES_INTRADAY&symbol=THIN&interval=15min&month=2026-03&outputsize=full&extended_hours=false&adjusted=false',
    );
    expect(reply['Meta Data']).toEqual({
      '1. Information': 'Intraday (15min) open, high, low, close prices and volume',
      '2. Symbol': 'THIN',
      '3. Last Refreshed': '2026-03-31 15:45:00',
      '4. Interval': '15min',
      '5. Output Size': 'Full size',
      '6. Time Zone': 'US/Eastern',
    });
    const summer = Date.parse('2026-03-08T07:00Z');
    const expected = truth('THIN', '15m', '2026-03-01T05:00Z', '2026-04-01T04:00Z')
      .map((bar) => [labelled(bar.time, bar.time < summer ? -5 : -4), textOf(bar)] as const)
      .reverse();
    expect(Object.entries(reply['Time Series (15min)'])).toEqual(expected);
    expect(expected.map(([label]) => label)).toEqual(
      expect.arrayContaining(['2026-03-06 09:30:00', '2026-03-09 09:30:00']),
    );
  });

  it('of a half day, and hours that lie on the clock', async () => {
    const { ask } = await start();
    const reply = await ask(
      'function=TIME_SERIES_INTRADAY&symbol=AAPL&interval=60min&month=2025-11&outputsize=full&extended_hours=false&adjusted=false',
    );
    const labels = Object.keys(reply['Time Series (60min)']).filter((label) => label.startsWith('2025-11-28'));
    expect(labels).toEqual(['12', '11', '10', '09'].map((hour) => `2025-11-28 ${hour}:00:00`));
    const [first] = truth('AAPL', '1h', '2025-11-28T14:00Z', '2025-11-28T15:00Z');
    expect(reply['Time Series (60min)']['2025-11-28 09:00:00']).toEqual(textOf(first as ReturnType<typeof truth>[0]));
  });

  it('of days across the end of a year', async () => {
    const { ask } = await start('2003-02-01T00:00:00Z');
    const reply = await ask('function=TIME_SERIES_DAILY&symbol=IBM&outputsize=full');
    const days = truth('IBM', '1d', '1999-11-01', '2003-02-01').map((bar) => [dated(bar.time), textOf(bar)] as const);
    expect(Object.entries(reply['Time Series (Daily)'])).toEqual(days.reverse());
    expect(days.length).toBeGreaterThan(800);
    expect(reply['Meta Data']).toEqual({
      '1. Information': 'Daily Prices (open, high, low, close) and Volumes',
      '2. Symbol': 'IBM',
      '3. Last Refreshed': '2003-01-31',
      '4. Output Size': 'Full size',
      '5. Time Zone': 'US/Eastern',
    });
  });

  it('of weeks and months, dated by their last session', async () => {
    const { ask } = await start('2004-09-15T23:30:00Z');
    const weeks = (await ask('function=TIME_SERIES_WEEKLY&symbol=IBM'))['Weekly Time Series'];
    expect(Object.keys(weeks).slice(0, 3)).toEqual(['2004-09-15', '2004-09-10', '2004-09-03']);
    const [week] = truth('IBM', '1w', '2004-04-05', '2004-04-11');
    // Good Friday: the week ends on Thursday.
    expect(weeks['2004-04-08']).toEqual(textOf(week as ReturnType<typeof truth>[0]));
    const months = (await ask('function=TIME_SERIES_MONTHLY&symbol=IBM'))['Monthly Time Series'];
    const [december] = truth('IBM', '1mo', '2003-12-01', '2003-12-31');
    expect(months['2003-12-31']).toEqual(textOf(december as ReturnType<typeof truth>[0]));
    expect(Object.keys(months)[0]).toBe('2004-09-15');
  });

  it('of coins in eight decimals', async () => {
    const { ask } = await start('2021-01-05T12:00:00Z');
    const reply = await ask('function=DIGITAL_CURRENCY_DAILY&symbol=SOL&market=USD', 'free1');
    const series = reply['Time Series (Digital Currency Daily)'];
    const days = truth('SOL-USD', '1d', '2020-12-25', '2021-01-05');
    for (const day of days) {
      expect(series[dated(day.time)]).toEqual({ ...textOf(day, 8), '5. volume': day.volume.toFixed(8) });
    }
    expect(Object.keys(series)[0]).toBe('2021-01-05');
    expect(reply['Meta Data']).toMatchObject({
      '2. Digital Currency Code': 'SOL',
      '3. Digital Currency Name': 'Solana',
      '4. Market Code': 'USD',
      '6. Last Refreshed': '2021-01-05 00:00:00',
      '7. Time Zone': 'UTC',
    });
    const weeks = await ask('function=DIGITAL_CURRENCY_WEEKLY&symbol=SOL&market=USD', 'free1');
    expect(Object.keys(weeks['Time Series (Digital Currency Weekly)']).slice(0, 2)).toEqual([
      '2021-01-05',
      '2021-01-03',
    ]);
    const hours = await ask('function=CRYPTO_INTRADAY&symbol=SOL&market=USD&interval=60min&outputsize=full');
    const [newYear] = truth('SOL-USD', '1h', '2021-01-01T00:00Z', '2021-01-01T01:00Z');
    expect(hours['Time Series Crypto (60min)']['2021-01-01 00:00:00']['1. open']).toBe(newYear?.prices[0]?.toFixed(8));
  });

  it('of currencies, which rest at the weekend', async () => {
    const { ask } = await start('2026-09-16T12:10:00Z');
    const reply = await ask('function=FX_INTRADAY&from_symbol=EUR&to_symbol=USD&interval=60min&outputsize=full');
    const series = reply['Time Series FX (60min)'];
    const expected = truth('EURUSD=X', '1h', '2026-08-17T12:10Z', '2026-09-16T12:00Z').map((bar) => {
      const { '5. volume': _, ...prices } = textOf(bar, 5);
      return [labelled(bar.time, 0), prices] as const;
    });
    expect(Object.entries(series).slice(1)).toEqual(expected.reverse());
    expect(Object.keys(series).some((label) => label.startsWith('2026-09-12'))).toBe(false);
    const days = (await ask('function=FX_DAILY&from_symbol=EUR&to_symbol=USD', 'free1'))['Time Series FX (Daily)'];
    const [friday] = truth('EURUSD=X', '1d', '2026-09-11', '2026-09-12');
    expect(days['2026-09-11']['4. close']).toBe(friday?.prices[3]?.toFixed(5));
    expect(Object.keys(days)).toHaveLength(100);
  });

  it('as traded, with one more close that is adjusted', async () => {
    const { ask } = await start('2020-11-20T23:00:00Z');
    const reply = await ask('function=TIME_SERIES_DAILY_ADJUSTED&symbol=AAPL');
    const days = reply['Time Series (Daily)'];
    const [before] = truth('AAPL', '1d', '2020-08-28', '2020-08-29');
    const row = days['2020-08-28'];
    expect(row['4. close']).toBe(before?.prices[3]?.toFixed(4));
    expect(Number(row['5. adjusted close'])).toBeLessThan((before?.prices[3] as number) / 4);
    expect([row['8. split coefficient'], days['2020-08-31']['8. split coefficient']]).toEqual(['1.0000', '4.0000']);
    expect(Object.values<any>(days).some((day) => day['7. dividend amount'] !== '0.0000')).toBe(true);
    expect(days['2020-11-20']['5. adjusted close']).toBe(days['2020-11-20']['4. close']);
  });
});

describe('what runs', () => {
  it('is in today’s row, and the day says when it was looked at', async () => {
    const { ask } = await start('2026-09-16T15:00:36Z');
    const reply = await ask('function=TIME_SERIES_DAILY&symbol=IBM', 'free1');
    const [newest] = Object.entries<any>(reply['Time Series (Daily)']);
    const [whole] = truth('IBM', '1d', '2026-09-16', '2026-09-17');
    expect(newest?.[0]).toBe('2026-09-16');
    expect(newest?.[1]['1. open']).toBe(whole?.prices[0]?.toFixed(4));
    expect(Number(newest?.[1]['5. volume'])).toBeLessThan(whole?.volume as number);
    expect(reply['Meta Data']['3. Last Refreshed']).toBe('2026-09-16 11:00:36');
    expect(Object.keys(reply['Time Series (Daily)'])).toHaveLength(100);
    const early = await start('2026-09-16T13:00:00Z');
    expect(Object.keys((await early.ask('function=TIME_SERIES_DAILY&symbol=IBM'))['Time Series (Daily)'])[0]).toBe(
      '2026-09-15',
    );
  });

  it('includes the hours before and after the bells unless told otherwise', async () => {
    const { ask } = await start();
    const query = 'function=TIME_SERIES_INTRADAY&symbol=IBM&interval=5min&month=2026-09&outputsize=full&adjusted=false';
    const series = (await ask(query))['Time Series (5min)'];
    const hours = Object.keys(series).map((label) => label.slice(11, 13));
    expect(hours).toEqual(expect.arrayContaining(['04', '08', '16', '19']));
    const [first] = truth('IBM', '5m', '2026-09-15T13:30Z', '2026-09-15T13:35Z');
    expect(series['2026-09-15 09:30:00']).toEqual(textOf(first as ReturnType<typeof truth>[0]));
  });
});

describe('CSV', () => {
  it('comes newest first with CRLF, as a download', async () => {
    const { get } = await start();
    const { headers, text } = await get('function=TIME_SERIES_DAILY&symbol=IBM&datatype=csv');
    expect(headers.get('content-type')).toBe('application/x-download');
    const lines = text.split('\r\n');
    const [day] = truth('IBM', '1d', '2026-09-16', '2026-09-17');
    expect(lines[0]).toBe('timestamp,open,high,low,close,volume');
    expect(lines[1]).toBe(
      ['2026-09-16', ...(day?.prices ?? []).map((price) => price.toFixed(4)), day?.volume].join(','),
    );
    expect(lines).toHaveLength(102);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    const adjusted = await get('function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM&datatype=csv');
    expect(adjusted.text.split('\r\n')[0]).toBe(
      'timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient',
    );
  });

  it('gives way to JSON for refusals', async () => {
    const { get } = await start();
    const { headers, text } = await get('function=TIME_SERIES_DAILY&symbol=NOPE&datatype=csv');
    expect(headers.get('content-type')).toBe('application/json');
    expect(text.startsWith('{')).toBe(true);
  });
});

describe('refusals, all with status 200', () => {
  const PREMIUM = 'https://www.alphavantage.co/premium/';
  const DAILY = 'function=TIME_SERIES_DAILY&symbol=IBM';

  it.each([
    [
      `${DAILY}`,
      null,
      'Error Message',
      'the parameter apikey is invalid or missing. Please claim your free API key on (https://www.alphavantage.co/support/#api-key). It should take less than 20 seconds.',
    ],
    [
      `${DAILY}`,
      'wrong',
      'Error Message',
      'the parameter apikey is invalid or missing. Please claim your free API key on (https://www.alphavantage.co/support/#api-key). It should take less than 20 seconds.',
    ],
    [
      `${DAILY}`,
      'demo',
      'Information',
      'The **demo** API key is for demo purposes only. Please claim your free API key at (https://www.alphavantage.co/support/#api-key) to explore our full API offerings. It takes fewer than 20 seconds.',
    ],
    [
      `${DAILY}&outputsize=full`,
      'free1',
      'Information',
      `Thank you for using Alpha Vantage! The outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint. You may subscribe to any of the premium plans at ${PREMIUM} to instantly unlock all premium features`,
    ],
    [
      'function=TIME_SERIES_INTRADAY&symbol=IBM&interval=5min',
      'free1',
      'Information',
      `Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to any of the premium plans at ${PREMIUM} to instantly unlock all premium endpoints`,
    ],
    [
      'function=TIME_SERIES_DAILY&symbol=NOPE',
      'free1',
      'Error Message',
      'Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for TIME_SERIES_DAILY.',
    ],
    [
      'function=TIME_SERIES_INTRADAY&symbol=IBM&interval=7min',
      'premium1',
      'Error Message',
      'Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for TIME_SERIES_INTRADAY.',
    ],
    [
      'function=TIME_SERIES_FOO&symbol=IBM',
      'free1',
      'Error Message',
      'This API function (TIME_SERIES_FOO) does not exist.',
    ],
  ])('%s with %s', async (query, key, name, text) => {
    const { get } = await start();
    const reply = await get(query, key);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual({ [name]: text });
  });

  it('come for every premium function', async () => {
    const { ask } = await start();
    for (const query of [
      'function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM',
      'function=CRYPTO_INTRADAY&symbol=BTC&market=USD&interval=5min',
      'function=FX_INTRADAY&from_symbol=EUR&to_symbol=USD&interval=5min',
    ]) {
      expect((await ask(query, 'free1')).Information).toContain('This is a premium endpoint.');
    }
  });

  it('of a second request within a second', async () => {
    const { ask } = await start(EVENING, {});
    await ask(DAILY, 'free1');
    const { Information } = await ask(DAILY, 'free1');
    expect(Information).toBe(
      `Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly (1 request per second). You may subscribe to any of the premium plans at ${PREMIUM} to lift the free key rate limit (25 requests per day), raise the per-second burst limit, and instantly unlock all premium endpoints`,
    );
    expect((await ask(DAILY, 'free2'))['Meta Data']).toBeDefined();
    expect((await ask(DAILY))['Meta Data']).toBeDefined();
  });

  it('of the 26th request of a New York day, for each key, with the key in it', async () => {
    let now = Date.parse('2026-09-16T12:00:00Z');
    const { ask } = await start(EVENING, { realNow: () => now });
    for (let request = 0; request < 25; request += 1) {
      now += 1000;
      expect((await ask(DAILY, 'freeABC'))['Meta Data']).toBeDefined();
    }
    now = Date.parse('2026-09-17T03:59:59Z');
    expect((await ask(DAILY, 'freeABC')).Information).toBe(
      `We have detected your API key as freeABC and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans at ${PREMIUM} to instantly remove all daily rate limits.`,
    );
    expect((await ask(DAILY, 'freeXYZ'))['Meta Data']).toBeDefined();
    now = Date.parse('2026-09-17T04:00:00Z');
    expect((await ask(DAILY, 'freeABC'))['Meta Data']).toBeDefined();
  });

  it('are not confused with having nothing', async () => {
    const { get, ask } = await start();
    const before = 'function=TIME_SERIES_INTRADAY&symbol=THIN&interval=5min&month=2009-01&outputsize=full';
    expect((await get(before)).text).toBe('{}');
    expect((await ask(before.replace('2009', '1999')))['Error Message']).toContain('Invalid API call');
  });
});

it('finds symbols', async () => {
  const { ask } = await start();
  const { bestMatches } = await ask('function=SYMBOL_SEARCH&keywords=ibm', 'free1');
  expect(bestMatches[0]).toMatchObject({ '1. symbol': 'IBM', '8. currency': 'USD', '9. matchScore': '1.0000' });
});

it('logs what came, and spoils it on request', async () => {
  const { get, log } = await start(EVENING, NO_BURST, [
    { server: 'alpha-vantage', fault: { kind: 'status', status: 503, body: 'later' } },
  ]);
  expect((await get('function=TIME_SERIES_DAILY&symbol=IBM')).status).toBe(503);
  await get('function=TIME_SERIES_DAILY&symbol=NOPE', 'free1');
  expect(log.entries.map(({ status, note }) => [status, note])).toEqual([
    [503, 'status'],
    [200, 'invalid call'],
  ]);
});
