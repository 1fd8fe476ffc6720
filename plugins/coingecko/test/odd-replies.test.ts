import { describe, expect, it } from '@jest/globals';
import { makeReply } from '../../../src/conformance/watched-transport.js';
import { parseSymbol } from '../../../src/market/symbol.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import type { Batch, Instrument } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { coingecko } from '../src/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12, 30);
const patience = { attempts: 1, longestWaitMs: 0, totalMs: 2000 };

/** The whole of what comes for a question whose every reply is this one. */
async function answeredWith(body: unknown, timeframe: Timeframe = '4h', hours = 24, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const transport = { send: async () => makeReply(status, text), close: () => undefined };
  const options = { coins: { BTC: 'bitcoin' } };
  const host = await createHost(coingecko, { options, transport, now: () => NOW, patience });
  try {
    const instrument = coingecko.instrument(parseSymbol('BTCUSDT')) as Instrument;
    const request = { instrument, timeframe, start: NOW - hours * HOUR, end: NOW };
    const rows: unknown[] = [];
    for await (const batch of coingecko.bars(request, host.context as never))
      rows.push(...(batch as Batch & unknown[]));
    return rows;
  } finally {
    await host.close();
  }
}

const candles = (step: number, count: number, last = Math.floor(NOW / (4 * HOUR)) * 4 * HOUR) =>
  Array.from({ length: count }, (_, i) => [last - (count - 1 - i) * step, 3, 4, 2, 3.5]);

describe('odd candles', () => {
  it('are refused when they are longer or shorter than what was asked for', async () => {
    const four = candles(4 * DAY, 9);
    await expect(answeredWith(four)).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('5760 minutes apart'),
    });
    await expect(answeredWith(candles(HOUR / 2, 48))).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('are refused off the grid, and in seconds', async () => {
    const shifted = candles(4 * HOUR, 42).map(([time, ...rest]) => [(time as number) + 60_000, ...rest]);
    await expect(answeredWith(shifted)).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('off the grid'),
    });
    const seconds = candles(4 * HOUR, 42).map(([time, ...rest]) => [(time as number) / 1000, ...rest]);
    await expect(answeredWith(seconds)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('are sorted, and each brought once', async () => {
    const sound = candles(4 * HOUR, 42);
    const rows = await answeredWith([...sound.toReversed(), sound[40]]);
    expect(rows).toEqual(await answeredWith(sound));
    expect(rows).toHaveLength(5);
  });

  it('may have a hole, and prices that are not there stay not there', async () => {
    const holed = candles(4 * HOUR, 42).filter((_, i) => i !== 39);
    expect(await answeredWith(holed)).toHaveLength(4);
    const [first] = (await answeredWith([...holed.slice(0, -1), [holed.at(-1)?.[0], null, 4, 2, 3]])).slice(-1);
    expect(first).toMatchObject({ open: null });
  });

  it.each([['{}'], ['[[1,2]]'], ['[{}]'], ['null'], ['"x"'], ['[[1,2,3,4,5'], ['<html>busy</html>'], ['']])(
    '%j is an error',
    async (body) => {
      await expect(answeredWith(body)).rejects.toMatchObject({ code: 'MALFORMED' });
    },
  );
});

describe('odd prices', () => {
  const points = (step: number, count: number, last = NOW) =>
    Array.from({ length: count }, (_, i) => [last - (count - 1 - i) * step, 100 + i]);

  it('of another time are refused, and none are none', async () => {
    const old = { prices: points(HOUR, 50, NOW - 100 * DAY) };
    await expect(answeredWith(old, '6h', 48)).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('another time'),
    });
    const seconds = { prices: points(HOUR, 50).map(([time, price]) => [(time as number) / 1000, price]) };
    await expect(answeredWith(seconds, '6h', 48)).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(await answeredWith({ prices: [] }, '6h', 48)).toEqual([]);
  });

  it('that are null, zero or repeated make no bar of their own', async () => {
    const plain = points(HOUR, 60);
    const odd = plain.flatMap((point, i) => (i % 9 === 4 ? [point, [(point[0] as number) + 1, null]] : [point, point]));
    expect(await answeredWith({ prices: odd }, '6h', 48)).toEqual(await answeredWith({ prices: plain }, '6h', 48));
    expect(await answeredWith({ prices: plain }, '6h', 48)).toHaveLength(7);
  });

  it('that come daily are not taken for a time without trade', async () => {
    const daily = { prices: points(DAY, 60, Math.floor(NOW / DAY) * DAY) };
    const refusal = { code: 'MALFORMED', message: expect.stringContaining('1440 minutes apart, too thin for 360') };
    await expect(answeredWith(daily, '6h', 48)).rejects.toMatchObject(refusal);
    await expect(answeredWith(daily, '12h', 48)).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(await answeredWith(daily, '1d', 72)).toHaveLength(2);
  });

  it('from after now are not used', async () => {
    const plain = points(HOUR, 60);
    const ahead = [...plain, [NOW + 1000, 9999], [NOW + HOUR, 9999]];
    expect(await answeredWith({ prices: ahead }, '6h', 48)).toEqual(await answeredWith({ prices: plain }, '6h', 48));
  });

  it.each(['{}', '[]', '{"prices":null}', '{"prices":[[1]]}', '{"prices":[["a",1]]}'])(
    '%s is an error',
    async (body) => {
      await expect(answeredWith(body, '6h', 48)).rejects.toMatchObject({ code: 'MALFORMED' });
    },
  );

  it('keeps the vendor’s own words', async () => {
    const body = { error: { status: { error_code: 10012, error_message: 'beyond the past 365 days' } } };
    await expect(answeredWith(body, '6h', 48, 401)).rejects.toMatchObject({
      code: 'OUT_OF_REACH',
      message: expect.stringContaining('beyond the past 365 days'),
    });
  });
});
