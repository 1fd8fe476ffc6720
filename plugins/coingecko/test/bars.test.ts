import { afterEach, describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { stepOf, type Timeframe } from '../../../src/market/timeframe.js';
import type { Row } from '../../../src/provider/index.js';
import { createHost, type Host } from '../../../src/sources/host/create-host.js';
import { coingecko } from '../src/index.js';
import { candleAt, FakeGecko, priceAt } from './fake-gecko.js';

const NOW = Date.UTC(2026, 10, 21, 12, 34, 56, 789);
const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('bars', () => {
  const hosts: Host[] = [];
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

  async function ask(
    timeframe: Timeframe,
    start: number,
    end: number,
    given: { symbol?: string; options?: object } = {},
  ) {
    const pro = (given.options as { plan?: string } | undefined)?.plan === 'pro';
    const gecko = new FakeGecko(() => NOW, pro);
    const limit = { windows: ['minute', 'month'].map((name) => ({ name, max: 1000, perMs: 60_000 })) };
    const host = await createHost(coingecko, { options: given.options ?? {}, transport: gecko, now: () => NOW, limit });
    hosts.push(host);
    const instrument = coingecko.instrument(parseSymbol(given.symbol ?? 'BTCUSDT'));
    if (instrument === undefined) throw new Error('not a symbol of its own');
    const rows: Row[] = [];
    const request = { instrument, timeframe, start, end };
    const work = (async () => {
      for await (const batch of coingecko.bars(request, host.context as never)) rows.push(...(batch as Row[]));
      return rows;
    })();
    return { gecko, work, rows };
  }

  const charts = (gecko: FakeGecko) =>
    gecko.asked.filter((each) => each.includes('/coins/') && !each.endsWith('/list'));
  const opens = (rows: readonly Row[]) => rows.map(({ time }) => time);
  const grid = (timeframe: Timeframe, start: number, end: number) => {
    const step = stepOf(timeframe) as number;
    return Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step);
  };

  it.each([
    ['30m', 12 * HOUR, 1],
    ['4h', 3 * DAY, 7],
    ['4h', 10 * DAY, 14],
    ['4h', 29 * DAY, 30],
  ] as const)('%s from %d ms ago are candles of the last %d days', async (timeframe, age, days) => {
    const step = stepOf(timeframe) as number;
    const start = Math.ceil((NOW - age) / step) * step;
    const { gecko, work } = await ask(timeframe, start, NOW + DAY);
    const rows = await work;
    expect(charts(gecko)).toEqual([`/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=${days}`]);
    // The forming candle is stamped with a time to come, and left out.
    const last = Math.floor(NOW / step) * step;
    expect(opens(rows)).toEqual(grid(timeframe, start, last));
    for (const { time, open, high, low, close } of rows) expect([open, high, low, close]).toEqual(candleAt(time, step));
    expect(rows[0]).not.toHaveProperty('volume');
  });

  it('a whole month of 4h is clamped to what there is', async () => {
    const { work } = await ask('4h', NOW - 60 * DAY, NOW);
    const rows = await work;
    expect(rows).toHaveLength(179);
    expect(rows[0]?.time).toBe(Math.ceil(NOW / (4 * HOUR)) * 4 * HOUR - 30 * DAY);
  });

  it('days come from hourly samples, ninety days at a time, as the rule has it', async () => {
    const start = Date.UTC(2026, 0, 1);
    const { gecko, work } = await ask('1d', start, Date.UTC(2026, 10, 21));
    const rows = await work;
    expect(opens(rows)).toEqual(grid('1d', start, Date.UTC(2026, 10, 21)));
    for (const each of charts(gecko)) {
      const { from, to } = Object.fromEntries(new URL(each, 'http://x').searchParams);
      expect(Number(to) - Number(from)).toBeLessThanOrEqual(90 * 86_400);
    }
    expect(charts(gecko)).toHaveLength(4);
    for (const { time, open, close, high, low } of rows) {
      const near = (price: unknown, instant: number) =>
        expect(Math.abs(Number(price) - priceAt(instant))).toBeLessThan(200);
      near(open, time);
      near(close, time + DAY);
      expect(Number(high) - Number(low)).toBeGreaterThan(100);
    }
  });

  it('hours of the last day come from five-minute samples, all of them, and older ones not at all', async () => {
    const { gecko, work } = await ask('1h', NOW - 3 * DAY, NOW);
    const rows = await work;
    expect(charts(gecko)).toHaveLength(1);
    const first = Math.ceil((NOW - 23 * HOUR) / HOUR) * HOUR;
    expect(opens(rows)).toEqual(grid('1h', first, Math.floor(NOW / HOUR) * HOUR));
    await expect((await ask('1h', NOW - 3 * DAY, NOW - DAY)).work).rejects.toMatchObject({ code: 'OUT_OF_REACH' });
  });

  it.each(['1h', '6h', '12h', '1d'] as const)('a %s bar is the same however it is asked for', async (timeframe) => {
    const step = stepOf(timeframe) as number;
    const [a, c] = [NOW - 120 * DAY, NOW];
    const b = Math.floor((NOW - (timeframe === '1h' ? 0.4 : 1.2) * DAY) / step) * step;
    const whole = await (await ask(timeframe, a, c)).work;
    const halves = [...(await (await ask(timeframe, a, b)).work), ...(await (await ask(timeframe, b, c)).work)];
    expect(halves).toEqual(whole);
    expect(whole.length).toBeGreaterThan(20);
  });

  it('never brings a bar that is not closed, nor asks about the future', async () => {
    for (const timeframe of ['30m', '1h', '4h', '6h', '8h', '12h', '1d'] as const) {
      const rows = await (await ask(timeframe, NOW - 2 * DAY, NOW + 2 * DAY)).work;
      for (const time of opens(rows)) expect(time + (stepOf(timeframe) as number)).toBeLessThanOrEqual(NOW);
    }
    const { gecko, work } = await ask('4h', NOW + DAY, NOW + 2 * DAY);
    expect(await work).toEqual([]);
    expect(gecko.asked).toEqual([]);
  });

  it.each([
    ['1d', 'without a key'],
    ['4h', 'without a key'],
    ['30m', 'without a key'],
  ] as const)('%s wholly beyond the reach is said, not answered with nothing', async (timeframe, words) => {
    const { work } = await ask(timeframe, NOW - 500 * DAY, NOW - 400 * DAY);
    await expect(work).rejects.toMatchObject({ code: 'OUT_OF_REACH', message: expect.stringContaining(words) });
  });

  it('goes back to the edge of the year without being refused', async () => {
    const rows = await (await ask('1d', NOW - 800 * DAY, NOW - 360 * DAY)).work;
    expect(rows.length).toBeGreaterThanOrEqual(4);
  });

  it('has no four-day candles, and no minutes', async () => {
    for (const timeframe of ['3d', '1m', '5m', '1w'] as const) {
      await expect((await ask(timeframe, NOW - DAY, NOW)).work).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    }
  });

  describe('on the pro plan', () => {
    const options = { plan: 'pro', apiKey: 'CG-a-key' };

    it.each([
      ['1h', 70 * DAY, 3],
      ['1d', 400 * DAY, 3],
    ] as const)('%s are real candles, split as the vendor allows', async (timeframe, age, requests) => {
      const step = stepOf(timeframe) as number;
      const start = Math.floor((NOW - age) / step) * step;
      const { gecko, work } = await ask(timeframe, start, NOW, { options });
      const rows = await work;
      expect(charts(gecko)).toHaveLength(requests);
      expect(opens(rows)).toEqual(grid(timeframe, start, Math.floor(NOW / step) * step));
      for (const { time, open, high, low, close } of rows)
        expect([open, high, low, close]).toEqual(candleAt(time, step));
      expect(gecko.headers.every((each) => each['x-cg-pro-api-key'] === 'CG-a-key')).toBe(true);
      expect(gecko.asked.join()).not.toContain('CG-a-key');
    });

    it('begins on 2018-02-09', async () => {
      const early = await ask('1d', Date.UTC(2017, 0, 1), Date.UTC(2018, 1, 9), { options });
      await expect(early.work).rejects.toMatchObject({ code: 'OUT_OF_REACH' });
      const rows = await (await ask('1d', Date.UTC(2018, 1, 1), Date.UTC(2018, 1, 12), { options })).work;
      expect(opens(rows)).toEqual(grid('1d', Date.UTC(2018, 1, 9), Date.UTC(2018, 1, 12)));
    });
  });

  it('sends a demo key in its own header', async () => {
    const { gecko, work } = await ask('4h', NOW - DAY, NOW, { options: { plan: 'demo', apiKey: 'CG-demo' } });
    await work;
    expect(gecko.headers.every((each) => each['x-cg-demo-api-key'] === 'CG-demo')).toBe(true);
  });

  describe('which coin a ticker is', () => {
    it('is asked once a run, and the clearly larger wins', async () => {
      const { gecko, work } = await ask('1d', NOW - 200 * DAY, NOW);
      await work;
      expect(gecko.asked.slice(0, 2)).toEqual(['/api/v3/coins/list', '/api/v3/search?query=btc']);
      expect(gecko.asked.filter((each) => /list|search/.test(each))).toHaveLength(2);
      expect(charts(gecko).every((each) => each.includes('/bitcoin/'))).toBe(true);
    });

    it('needs no search where only one has it', async () => {
      const { gecko, work } = await ask('4h', NOW - DAY, NOW, { symbol: 'ETH-EUR' });
      await work;
      expect(gecko.asked).toEqual(['/api/v3/coins/list', '/api/v3/coins/ethereum/ohlc?vs_currency=eur&days=7']);
    });

    it('is asked back where none is clearly the one', async () => {
      const { work } = await ask('4h', NOW - DAY, NOW, { symbol: 'GOLDUSDT' });
      await expect(work).rejects.toMatchObject({
        code: 'SYMBOL_UNKNOWN',
        message: expect.stringContaining('first-gold (rank 300), second-gold (rank 700), third-gold (unranked)'),
        suggestions: ['say which in the settings: providers.coingecko.coins = {"GOLD": "first-gold"}'],
      });
    });

    it('is not a coin far down just because the others are unranked', async () => {
      const { work } = await ask('4h', NOW - DAY, NOW, { symbol: 'TINYUSDT' });
      await expect(work).rejects.toMatchObject({ code: 'SYMBOL_UNKNOWN' });
    });

    it('is what the settings say, without asking', async () => {
      const options = { coins: { gold: 'third-gold' } };
      const { gecko, work } = await ask('4h', NOW - DAY, NOW, { symbol: 'GOLDUSDT', options });
      await work;
      expect(gecko.asked).toEqual(['/api/v3/coins/third-gold/ohlc?vs_currency=usd&days=7']);
    });

    it('is an error where nothing has it, in the list or by its id', async () => {
      await expect((await ask('4h', NOW - DAY, NOW, { symbol: 'NOPEUSDT' })).work).rejects.toMatchObject({
        code: 'SYMBOL_UNKNOWN',
      });
      const wrong = await ask('4h', NOW - DAY, NOW, { options: { coins: { BTC: 'no-such-coin' } } });
      await expect(wrong.work).rejects.toMatchObject({
        code: 'SYMBOL_UNKNOWN',
        message: expect.stringContaining('coin not found'),
      });
    });
  });
});
