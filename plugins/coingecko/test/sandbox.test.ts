import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { stepOf, type Timeframe } from '../../../src/market/timeframe.js';
import type { Instrument, Row } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import type { Listing, Step } from '../../sandbox/src/market/market.js';
import { type Sandbox, startSandbox } from '../../sandbox/src/start-sandbox.js';
import { coingecko } from '../src/index.js';

/** The day New York set its clocks back is three weeks behind; a year's end is in reach. */
const NOW = Date.UTC(2026, 10, 21, 12, 34, 56, 789);
const DAY = 86_400_000;
const PLENTY = { max: 1_000_000, perMs: 60_000 };

describe('against the sandbox', () => {
  let sandbox: Sandbox;
  let bitcoin: Listing;
  beforeAll(async () => {
    const rateLimits = { none: PLENTY, demo: PLENTY, pro: PLENTY };
    sandbox = await startSandbox({ now: () => NOW, servers: ['coingecko'], coingecko: { rateLimits, host: 'both' } });
    bitcoin = sandbox.market.listings.find(({ names }) => names.coingecko === 'bitcoin') as Listing;
  });
  afterAll(() => sandbox.close());

  async function ask(timeframe: Timeframe, start: number, end: number, more: object = {}, symbol = 'BTCUSDT') {
    const options = { url: sandbox.urls.coingecko, ...more };
    const limit = { windows: ['minute', 'month'].map((name) => ({ name, ...PLENTY })) };
    const host = await createHost(coingecko, { options, limit, now: () => NOW });
    try {
      const rows: Row[] = [];
      const instrument = coingecko.instrument(parseSymbol(symbol)) as Instrument;
      const request = { instrument, timeframe, start, end };
      for await (const batch of coingecko.bars(request, host.context as never)) rows.push(...(batch as Row[]));
      return rows;
    } finally {
      await host.close();
    }
  }

  function truth(timeframe: Step, start: number, end: number): Row[] {
    const { time, open, high, low, close } = sandbox.market.bars(bitcoin, timeframe, start, end);
    const step = stepOf(timeframe) as number;
    const cell = (column: Float64Array, i: number) => column[i] as number;
    return Array.from(time, (each, i) => ({
      time: each,
      open: cell(open, i),
      high: cell(high, i),
      low: cell(low, i),
      close: cell(close, i),
    })).filter((row) => row.time + step <= NOW);
  }

  const pro = { plan: 'pro', apiKey: 'CG-proSandboxKey0000000001' };

  it.each([
    ['30m', NOW - 0.9 * DAY, NOW, {}],
    ['4h', NOW - 29 * DAY, NOW, {}],
    ['1h', NOW - 50 * DAY, NOW + DAY, pro],
    ['1h', Date.UTC(2024, 11, 20), Date.UTC(2025, 0, 10), pro],
    ['1d', Date.UTC(2024, 0, 10), Date.UTC(2025, 5, 1), pro],
  ] as const)('%s candles are the market’s, bar by bar', async (timeframe, start, end, more) => {
    const rows = await ask(timeframe, start, end, more);
    expect(rows).toEqual(truth(timeframe, start, end));
    expect(rows.length).toBeGreaterThan(40);
  });

  it.each([
    ['1h', 0.9],
    ['6h', 100],
    ['12h', 200],
    ['1d', 360],
  ] as const)('%s bars from samples lie inside the market’s, with the lookback', async (timeframe, days) => {
    const step = stepOf(timeframe) as number;
    const start = Math.ceil((NOW - days * DAY) / step) * step;
    const rows = await ask(timeframe, start, NOW);
    expect(rows.length).toBeGreaterThanOrEqual(Math.floor((NOW - start) / step) * 0.98);
    for (const { time, ...prices } of rows) {
      const minutes = sandbox.market.bars(bitcoin, '1m', time - step / 2, time + step + 60_000);
      const [low, high] = [Math.min(...minutes.low), Math.max(...minutes.high)];
      for (const price of Object.values(prices)) {
        expect(price).toBeGreaterThanOrEqual(low);
        expect(price).toBeLessThanOrEqual(high);
      }
    }
  });

  it('a ticker that two unranked coins have is asked back about', async () => {
    const gold = ask('4h', NOW - DAY, NOW, {}, 'GOLDUSDT');
    await expect(gold).rejects.toMatchObject({
      code: 'SYMBOL_UNKNOWN',
      message: expect.stringContaining('golden-grain'),
    });
  });

  it.each([
    [{ plan: 'pro', apiKey: 'CG-aDemoKey' }, '"plan": "demo"'],
    [{ plan: 'demo', apiKey: 'CG-proKey' }, '"plan": "pro"'],
    [{ plan: 'demo', apiKey: 'nonsense' }, 'COINGECKO_DEMO_API_KEY'],
  ])('a key of another plan, or of none, is said to be one: %j', async (more, advice) => {
    const wrong = ask('4h', NOW - DAY, NOW, more);
    await expect(wrong).rejects.toMatchObject({ code: 'AUTH', suggestions: [expect.stringContaining(advice)] });
  });
});
