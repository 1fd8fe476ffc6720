import { afterEach, describe, expect, it } from '@jest/globals';
import { createMarket } from '../../src/market/create-market.js';
import type { Listing } from '../../src/market/market.js';
import type { CoinGeckoOptions } from '../../src/servers/coingecko/options.js';
import { startCoinGecko } from '../../src/servers/coingecko/start-coingecko.js';
import { createFaults } from '../../src/servers/create-faults.js';
import { createLog } from '../../src/servers/create-log.js';
import type { WireServer } from '../../src/servers/server.js';

const market = createMarket({ seed: 5 });
const at = Date.parse;
const NOW = at('2025-03-05T12:34:56.789Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const bitcoin = market.find('bitcoin') as Listing;
const DEMO = { 'x-cg-demo-api-key': 'CG-demo0001' };
const PRO = { 'x-cg-pro-api-key': 'CG-pro00001' };
const open: WireServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(options: CoinGeckoOptions = {}) {
  const server = await startCoinGecko({ market, now: () => NOW, log: createLog(), faults: createFaults(), ...options });
  open.push(server);
  return async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/api/v3${path}`, { headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  };
}

const gaps = (times: number[]) => times.slice(1).map((time, row) => time - (times[row] as number));
const stamps = (rows: number[][]) => rows.map((row) => row[0] as number);

describe('ohlc', () => {
  it.each([
    [1, 30 * 60_000, 48],
    [7, 4 * HOUR, 42],
    [30, 4 * HOUR, 180],
    [90, 4 * DAY, 23],
  ])('of %i days is stamped with the close, and the last one is to come', async (days, length, count) => {
    const ask = await start();
    const { body } = await ask(`/coins/bitcoin/ohlc?vs_currency=usd&days=${days}`);
    expect(body).toHaveLength(count);
    expect(new Set(gaps(stamps(body)))).toEqual(new Set([length]));
    expect(body.at(-1)[0]).toBeGreaterThan(NOW);
    expect(body.at(-2)[0]).toBeLessThanOrEqual(NOW);
    const [close, ...prices] = body.at(-2);
    const minutes = market.bars(bitcoin, '1m', close - length, close);
    expect(prices).toEqual([
      minutes.open[0],
      Math.max(...minutes.high),
      Math.min(...minutes.low),
      minutes.close.at(-1),
    ]);
  });

  it('by range is for those who pay', async () => {
    const ask = await start();
    const [from, to] = [at('2024-12-30') / 1000, at('2025-01-02') / 1000];
    const path = `/coins/bitcoin/ohlc/range?vs_currency=usd&interval=daily&from=${from}&to=${to}`;
    expect((await ask(path, DEMO)).body.status.error_code).toBe(10005);
    const { body } = await ask(path, PRO);
    expect(stamps(body)).toEqual(['2024-12-30', '2024-12-31', '2025-01-01', '2025-01-02'].map(at));
    const truth = market.bars(bitcoin, '1d', at('2025-01-01'), at('2025-01-02'));
    expect(body[3].slice(1)).toEqual([truth.open[0], truth.high[0], truth.low[0], truth.close[0]]);
    expect((await ask(`${path.replace(/to=\d+/, 'to=2025-01-02')}`, PRO)).body).toEqual(body);
    expect((await ask(`${path.replace(/from=\d+/, 'from=1600000000')}`, PRO)).status).toBe(400);
  });
});

describe('market_chart', () => {
  it('comes every five minutes or so of the last day, and ends in disorder', async () => {
    const ask = await start();
    const { body } = await ask('/coins/bitcoin/market_chart?vs_currency=usd&days=1', DEMO);
    const times = stamps(body.prices);
    expect(times.length).toBeGreaterThan(280);
    expect(times.slice(-2)).toEqual([NOW, NOW - 789]);
    expect(times.slice(0, -2).filter((time) => time % 300_000 === 0)).toEqual([]);
    for (const gap of gaps(times.slice(0, -2))) {
      expect(gap).toBeGreaterThan(2 * 60_000);
      expect(gap).toBeLessThan(8 * 60_000);
    }
    expect(stamps(body.market_caps)).toEqual(times);
    expect(stamps(body.total_volumes)).toEqual(times);
    const [time, price] = body.prices[100];
    const minute = market.bars(bitcoin, '1m', Math.floor(time / 60_000) * 60_000, time + 1);
    expect(price).toBe(minute.open[0]);
  });

  it('comes hourly up to ninety days, wherever they lie, and daily beyond', async () => {
    const ask = await start();
    const range = async (from: number, to: number) =>
      (await ask(`/coins/bitcoin/market_chart/range?vs_currency=usd&from=${from / 1000}&to=${to / 1000}`)).body.prices;
    const hourly = stamps(await range(at('2024-06-01'), at('2024-06-03')));
    expect(hourly).toHaveLength(48);
    expect(hourly.every((time) => time < at('2024-06-03'))).toBe(true);
    expect(stamps(await range(at('2024-06-01'), at('2024-06-02')))).toHaveLength(24);
    const daily = await range(at('2024-06-01'), at('2024-10-01'));
    expect(daily).toHaveLength(123);
    expect(daily.slice(0, 2).map(([time]: number[]) => time)).toEqual([at('2024-06-01'), at('2024-06-02')]);
    expect(daily[0][1]).toBe(market.bars(bitcoin, '1d', at('2024-06-01'), at('2024-06-02')).open[0]);
    const year = (await ask('/coins/bitcoin/market_chart?vs_currency=usd&days=365')).body.prices;
    expect(year.at(-1)[0]).toBe(NOW - 789);
    expect(year.at(-2)[0]).toBe(at('2025-03-05'));
  });

  it('reaches back a year, unless one pays', async () => {
    const ask = await start();
    const path = `/coins/bitcoin/market_chart/range?vs_currency=usd&from=${at('2023-01-01') / 1000}&to=${at('2023-01-03') / 1000}`;
    const { status, body } = await ask(path, DEMO);
    expect([status, body.error.status.error_code]).toEqual([401, 10012]);
    expect((await ask(path, PRO)).body.prices).toHaveLength(48);
  });
});

describe('coins', () => {
  it('share tickers, and are told apart by rank', async () => {
    const ask = await start();
    const { body } = await ask('/coins/list');
    expect(body.filter(({ symbol }: { symbol: string }) => symbol === 'btc')).toHaveLength(2);
    const found = (await ask('/search?query=btc')).body.coins;
    expect(found.find(({ id }: { id: string }) => id === 'bitcoin')).toMatchObject({
      symbol: 'BTC',
      market_cap_rank: 1,
    });
    expect(found.find(({ id }: { id: string }) => id !== 'bitcoin').market_cap_rank).toBeNull();
    expect((await ask('/ping')).body).toEqual({ gecko_says: '(V3) To the Moon!' });
    const impostor = (await ask('/coins/bridged-bitcoin-sandbox/market_chart?vs_currency=usd&days=2')).body;
    expect(impostor.prices[0][1]).toBeLessThan(10);
    expect(impostor.market_caps[0][1]).toBeNull();
  });
});

describe('refusals', () => {
  it('come in every envelope', async () => {
    const ask = await start();
    const of = async (path: string, headers = {}) => {
      const { status, body } = await ask(path, headers);
      return [status, body];
    };
    expect(await of('/coins/nope/ohlc?vs_currency=usd&days=1')).toEqual([404, { error: 'coin not found' }]);
    expect(await of('/coins/bitcoin/market_chart?days=1')).toEqual([422, { error: 'Missing parameter vs_currency' }]);
    expect(await of('/coins/bitcoin/ohlc')).toEqual([500, { status: 500, error: 'Internal Server Error' }]);
    expect(await of('/ping', { 'x-cg-demo-api-key': 'wrong' })).toMatchObject([401, { status: { error_code: 10002 } }]);
    expect(await of('/ping', { 'x-cg-demo-api-key': 'CG-pro00001' })).toMatchObject([
      400,
      { error_code: 10010, status: {} },
    ]);
    expect(await of('/ping', { 'x-cg-pro-api-key': 'CG-demo0001' })).toMatchObject([
      400,
      { error_code: 10011, status: {} },
    ]);
    expect((await of('/ping?x_cg_pro_api_key=CG-pro00001'))[0]).toBe(200);
    const pro = await start({ host: 'pro' });
    expect((await pro('/ping')).body.status.error_code).toBe(10002);
    const plain = await start({ host: 'public' });
    expect((await plain('/ping', { 'x-cg-pro-api-key': 'CG-demo0001' })).body.error_code).toBe(10010);
  });

  it.each([
    ['status', 429],
    ['ok', 200],
    ['text', 429],
  ] as const)('of too many come as %s', async (throttle, status) => {
    const ask = await start({ throttle, rateLimits: { none: { max: 2, perMs: 60_000 } } });
    for (let count = 0; count < 2; count++) expect((await ask('/ping')).body.gecko_says).toBeDefined();
    const refused = await ask('/ping');
    expect(refused.status).toBe(status);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    if (throttle === 'text') expect(refused.body).toBe('Throttled');
    else expect(refused.body.status.error_code).toBe(429);
    expect((await ask('/ping', DEMO)).status).toBe(200);
  });
});
