import { describe, expect, it } from '@jest/globals';
import type { Timeframe } from 'almanac/provider';
import { deriv } from '../src/index.js';
import { latest, type Message, requestFor, scripted } from './scripted-host.js';

const DAY = 86_400;
const second = (iso: string) => Date.parse(iso) / 1000;

/** Candles every so many seconds, of each granularity from some date on; the latest `count` of what was asked. */
function serve(sinceOf: Readonly<Record<number, string>>, ended = '2026-06-01') {
  return (message: Message): Message => {
    const { start, end, count, granularity } = message as Readonly<Record<string, number>>;
    const step = granularity as number;
    const since = sinceOf[step];
    if (since === undefined) return latest([], message);
    const first = Math.max(Math.ceil(second(since) / step), Math.ceil((start as number) / step));
    const last = Math.floor(Math.min(Number(end), second(ended) - 1) / step);
    const from = Math.max(first, last - (count as number) + 1);
    return latest(
      Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => (from + i) * step),
      message,
    );
  };
}

async function find(timeframe: Timeframe, answer: (message: Message) => Message) {
  const { context, asked } = scripted(answer);
  const { instrument } = requestFor('frxEURUSD', timeframe, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
  const at = await deriv.firstBar?.({ instrument, timeframe }, context);
  return { at: at === undefined ? undefined : new Date(at).toISOString().slice(0, 16), asked };
}

describe('the first bar', () => {
  it.each([
    ['1d', '2019-03-05T00:00'],
    ['1h', '2019-03-05T07:00'],
    ['1m', '2019-03-05T06:10'],
    ['ticks', '2019-03-05T06:10'],
  ] as const)('of %s', async (timeframe, expected) => {
    const world = serve({ [DAY]: '2019-03-05', 3600: '2019-03-05T06:10Z', 60: '2019-03-05T06:10Z' });
    const { at, asked } = await find(timeframe, world);
    expect(at).toBe(expected);
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(asked.every(({ start, style }) => (start as number) > 0 && style === 'candles')).toBe(true);
  });

  it.each([
    ['1d', '1970-01-02'],
    ['1d', '1979-12-31'],
    ['1h', '1999-12-31'],
    ['ticks', '2000-06-01'],
    ['1d', '2001-01-01'],
    ['1d', '2026-05-31'],
  ] as const)('of %s on %s', async (timeframe, date) => {
    const { at, asked } = await find(timeframe, serve({ [DAY]: date, 3600: date, 60: date }));
    expect(at).toBe(`${date}T00:00`);
    expect(asked.length).toBeLessThanOrEqual(12);
    expect(asked.every(({ start, end }) => (start as number) >= 0 && Number(end) > 0)).toBe(true);
  });

  it.each(['1m', 'ticks'] as const)('of %s, where days are kept for longer', async (timeframe) => {
    const { at, asked } = await find(timeframe, serve({ [DAY]: '1995-05-05', 60: '2015-07-08T09:10Z' }));
    expect(at).toBe('2015-07-08T09:10');
    expect(asked.length).toBeLessThan(30);
  });

  it('is not known of what has none, or none so fine', async () => {
    expect((await find('1m', serve({}))).at).toBeUndefined();
    expect((await find('ticks', serve({ [DAY]: '2020-01-01' }))).at).toBeUndefined();
    expect(await find('1w', serve({}))).toEqual({ at: undefined, asked: [] });
  });
});
