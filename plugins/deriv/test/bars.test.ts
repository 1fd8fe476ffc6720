import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriv } from '../src/index.js';
import { cutWindows, readInOrder } from '../src/windows.js';
import { type CodedError, collect, latest, type Message, requestFor, scripted } from './scripted-host.js';

const FROM = Date.parse('2026-01-05T00:00:00Z') / 1000;
const minutes = (count: number, from = FROM): number[] => Array.from({ length: count }, (_, i) => from + 60 * i);
const week = requestFor('R_100', '1m', '2026-01-05T00:00:00Z', '2026-01-12T00:00:00Z');

async function failureOf(promise: Promise<unknown>): Promise<CodedError> {
  return promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error as CodedError,
  );
}

describe('candles', () => {
  it('asks for windows that fit in an answer, a few at once, and yields them in order', async () => {
    const all = minutes(7 * 1440);
    const slowFirst = (message: Message): Promise<Message> =>
      new Promise((resolve) => setTimeout(() => resolve(latest(all, message)), message.start === FROM ? 40 : 1));
    const { context, asked, most } = scripted(slowFirst);
    const rows = await collect(deriv.bars(week, context));
    expect(rows.map(({ time }) => time)).toEqual(all.map((second) => second * 1000));
    expect(asked).toHaveLength(3);
    expect(most()).toBeGreaterThan(1);
    expect(asked[0]).toEqual({
      ticks_history: 'R_100',
      style: 'candles',
      granularity: 60,
      start: FROM,
      end: String(FROM + 300_000 - 1),
      count: 5000,
    });
    expect(asked.every((message) => !('subscribe' in message) && typeof message.end === 'string')).toBe(true);
  });

  it('never has more than four questions open', async () => {
    const { context, most } = scripted((message) => latest([], message));
    await collect(deriv.bars(requestFor('R_100', '1m', '2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'), context));
    expect(most()).toBe(4);
  });

  it('pages back where an answer was cut, whatever the limit was', async () => {
    const all = minutes(7 * 1440);
    for (const cap of [1000, 2500]) {
      const { context } = scripted((message) => latest(all, message, cap));
      expect(await collect(deriv.bars(week, context))).toHaveLength(all.length);
    }
  });

  it('leaves volume out, and passes prices on as they came', async () => {
    const candle = { epoch: FROM, open: '1.10', high: 1.2, low: '1.00', close: 1.1 };
    const { context } = scripted((message) => (message.start === FROM ? { candles: [candle] } : { candles: [] }));
    const rows = await collect(deriv.bars(week, context));
    expect(rows).toEqual([{ time: FROM * 1000, open: '1.10', high: 1.2, low: '1.00', close: 1.1 }]);
  });

  it('yields nothing where there is nothing', async () => {
    const { context } = scripted(() => ({ candles: [] }));
    expect(await collect(deriv.bars(week, context))).toEqual([]);
  });

  it('neither asks for the candle that forms nor takes it', async () => {
    const now = (FROM + 90) * 1000;
    const all = minutes(10);
    const { context, asked } = scripted(
      () => latest(all, { start: 0, end: '9999999999', count: 5000, style: 'candles' }),
      { now },
    );
    expect((await collect(deriv.bars(week, context))).map(({ time }) => time)).toEqual([FROM * 1000]);
    expect(asked.map(({ end }) => end)).toEqual([String(FROM + 59)]);
  });

  it('asks nothing about the future, or of an empty range', async () => {
    const { context, asked } = scripted(() => ({ candles: [] }), { now: FROM * 1000 });
    await collect(deriv.bars(week, context));
    await collect(deriv.bars({ ...week, end: week.start }, context));
    expect(asked).toEqual([]);
  });

  it('asks for no second before their first, and nothing where all of the range lies there', async () => {
    const { context, asked } = scripted((message) => latest([0, 86_400], message));
    const early = requestFor('frxEURUSD', '1d', '1900-01-01T00:00:00Z', '1970-01-10T00:00:00Z');
    expect((await collect(deriv.bars(early, context))).map(({ time }) => time / 1000)).toEqual([0, 86_400]);
    expect(asked.map(({ start, end }) => [start, end])).toEqual([[0, String(9 * 86_400 - 1)]]);
    await collect(deriv.bars({ ...early, end: 0 }, context));
    await collect(deriv.bars(requestFor('R_100', 'ticks', '1900-01-01T00:00:00Z', '1950-01-01T00:00:00Z'), context));
    expect(asked).toHaveLength(1);
  });

  it('sorts, drops what is outside, and takes a repeated row once', async () => {
    const epochs = [FROM + 120, FROM - 60, FROM, FROM + 60, FROM, FROM + 700_000];
    const candles = epochs.map((epoch) => ({ epoch, open: 1, high: 1, low: 1, close: 1 }));
    const { context } = scripted((message) => ({ candles: message.start === FROM ? candles : [] }));
    const rows = await collect(deriv.bars(week, context));
    expect(rows.map(({ time }) => time / 1000)).toEqual([FROM, FROM + 60, FROM + 120]);
  });

  it('calls an answer about another time malformed, not empty', async () => {
    const other = minutes(10, FROM - 86_400 * 30);
    const { context } = scripted(() => latest(other, { start: 0, end: '9999999999', count: 5000, style: 'candles' }));
    expect((await failureOf(collect(deriv.bars(week, context)))).code).toBe('MALFORMED');
  });

  it('ends when a server repeats one page for ever', async () => {
    const page = latest(minutes(5000), { start: 0, end: '9999999999', count: 5000, style: 'candles' });
    const { context, asked } = scripted(() => page);
    const day = requestFor('R_100', '1m', '2026-01-05T01:00:00Z', '2026-01-05T02:00:00Z');
    expect(await collect(deriv.bars(day, context))).toHaveLength(60);
    expect(asked).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const { context, asked } = scripted((message) => latest(minutes(100_000), message), { signal: abort.signal });
    const bars = deriv.bars(requestFor('R_100', '1m', '2026-01-05T00:00:00Z', '2026-05-05T00:00:00Z'), context);
    const reading = (async () => {
      for await (const _ of bars) abort.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(asked.length).toBeLessThan(10);
  });

  it('refuses a timeframe they do not make, before it asks', async () => {
    const { context, asked } = scripted(() => ({}));
    expect((await failureOf(collect(deriv.bars({ ...week, timeframe: '1w' }, context)))).code).toBe('UNSUPPORTED');
    expect(asked).toEqual([]);
  });

  it.each([
    ['no candles', {}],
    ['a price that is null', { candles: [{ epoch: FROM, open: null, high: 1, low: 1, close: 1 }] }],
    ['an epoch in words', { candles: [{ epoch: 'soon', open: 1, high: 1, low: 1, close: 1 }] }],
    ['ticks in their place', { history: { prices: [1], times: [FROM] } }],
  ])('calls %s malformed', async (_, reply) => {
    const { context } = scripted(() => reply);
    expect((await failureOf(collect(deriv.bars(week, context)))).code).toBe('MALFORMED');
  });
});

describe('ticks', () => {
  const hour = requestFor('1HZ100V', 'ticks', '2026-01-05T00:00:00Z', '2026-01-05T04:00:00Z');

  it('pages back through a window with more ticks than an answer holds', async () => {
    const doubled = Array.from({ length: 4 * 3600 * 2 }, (_, i) => FROM + Math.floor(i / 2));
    const { context, asked } = scripted((message) => latest(doubled, message));
    const rows = await collect(deriv.bars(hour, context));
    expect(rows.map(({ time }) => time / 1000)).toEqual([...new Set(doubled)]);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.every((message) => !('granularity' in message))).toBe(true);
  });

  it('lets the last tick of a second stand for it', async () => {
    const { context } = scripted((message) => ({
      history:
        message.start === FROM
          ? { times: [FROM, FROM + 1, FROM + 1], prices: [1, '2.5', 3] }
          : { times: [], prices: [] },
    }));
    const rows = await collect(deriv.bars(hour, context));
    expect(rows).toEqual([
      { time: FROM * 1000, price: 1 },
      { time: (FROM + 1) * 1000, price: 3 },
    ]);
  });

  it('does not take ticks of a second that is not over', async () => {
    const all = [FROM, FROM + 1, FROM + 2];
    const { context } = scripted((message) => latest(all, { ...message, end: '9999999999' }), {
      now: FROM * 1000 + 2500,
    });
    expect((await collect(deriv.bars(hour, context))).map(({ time }) => time / 1000)).toEqual([FROM, FROM + 1]);
  });

  it('calls prices without times malformed', async () => {
    const { context } = scripted(() => ({ history: { prices: [1, 2], times: [FROM] } }));
    expect((await failureOf(collect(deriv.bars(hour, context)))).code).toBe('MALFORMED');
  });
});

describe('windows', () => {
  it('cover each grid step of a range once, and none outside', () => {
    const step = fc.constantFrom(1, 60, 3600);
    const rows = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000 }),
        fc.float({ min: 0, max: 9, noNaN: true }),
        step,
        rows,
        (start, length, step, rows) => {
          const end = start + Math.floor(length * rows * step);
          const windows = [...cutWindows({ start, end }, step, rows)];
          let at = Math.ceil(start / step) * step;
          for (const window of windows) {
            expect(window.start).toBe(at);
            expect(window.end).toBeGreaterThan(window.start);
            expect(window.end - window.start).toBeLessThanOrEqual(rows * step);
            at = window.end;
          }
          const last = at - step;
          if (windows.length > 0) expect(last < end && at >= end).toBe(true);
          else expect(at >= end).toBe(true);
        },
      ),
    );
  });

  it('are read in order, and the first failure ends it', async () => {
    const order: number[] = [];
    const read = async (n: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 10 - n));
      if (n === 5) throw new Error('five');
      return n;
    };
    const reading = (async () => {
      for await (const n of readInOrder([1, 2, 3, 4, 5, 6, 7], 3, read)) order.push(n);
    })();
    await expect(reading).rejects.toThrow('five');
    expect(order).toEqual([1, 2, 3, 4]);
  });
});
