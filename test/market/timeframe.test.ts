import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  closeOf,
  gridCount,
  isOnGrid,
  openOf,
  parseTimeframe,
  stepOf,
  TIMEFRAMES,
  type Timeframe,
} from '../../src/market/timeframe.js';

const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
const BARS = TIMEFRAMES.filter((timeframe) => timeframe !== 'ticks');
const timeframe = fc.constantFrom<Timeframe>(...BARS);
/** Both sides of the epoch: flooring a negative instant is where such arithmetic goes wrong. */
const instant = fc.integer({ min: at('1931-05-17'), max: at('2081-03-09') });

/** Opens in [start, end), walked one bar at a time from an open known by other means. */
function opensByWalking(name: Timeframe, start: number, end: number): number[] {
  const opens: number[] = [];
  let open = knownOpenBefore(name, start);
  while (open < end) {
    if (open >= start) opens.push(open);
    open = nextOpen(name, open);
  }
  return opens;
}

function nextOpen(name: Timeframe, open: number): number {
  const date = new Date(open);
  if (name === '1mo') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return open + (stepOf(name) as number);
}

/** Counted from 1900, whose 1 January was a Monday, in whole steps either side of the epoch for all but weeks. */
function knownOpenBefore(name: Timeframe, instant: number): number {
  if (name === '1mo') return Date.UTC(1900, 0, 1);
  const step = stepOf(name) as number;
  const monday = at('1900-01-01');
  const origin = name === '1w' ? monday : -Math.ceil((0 - monday) / step) * step;
  const skipped = Math.max(0, Math.trunc((instant - origin) / step) - 2);
  return origin + skipped * step;
}

test('an instant lies inside its bar, and the bar is on the grid', () => {
  fc.assert(
    fc.property(timeframe, instant, (name, when) => {
      const open = openOf(name, when);
      expect(open).toBeLessThanOrEqual(when);
      expect(closeOf(name, open)).toBeGreaterThan(when);
      expect(openOf(name, open)).toBe(open);
      expect(isOnGrid(name, open)).toBe(true);
      expect(isOnGrid(name, when)).toBe(open === when);
    }),
  );
});

test('bars touch: a close is the next open, and the instant before it is still inside', () => {
  fc.assert(
    fc.property(timeframe, instant, (name, when) => {
      const open = openOf(name, when);
      const close = closeOf(name, open);
      expect(openOf(name, close)).toBe(close);
      expect(openOf(name, close - 1)).toBe(open);
      expect(close).toBe(nextOpen(name, open));
    }),
  );
});

test('the grid has as many bars as walking it finds', () => {
  fc.assert(
    fc.property(timeframe, instant, fc.double({ min: 0, max: 40, noNaN: true }), (name, start, bars) => {
      const end = start + Math.round(bars * (stepOf(name) ?? 30 * 86_400_000));
      const opens = opensByWalking(name, start, end);
      expect(gridCount(name, start, end)).toBe(opens.length);
      for (const open of opens) expect(isOnGrid(name, open)).toBe(true);
    }),
  );
});

test('counts add up wherever a range is cut', () => {
  fc.assert(
    fc.property(timeframe, fc.array(instant, { minLength: 3, maxLength: 3 }), (name, instants) => {
      const [a, b, c] = instants.sort((x, y) => x - y) as [number, number, number];
      expect(gridCount(name, a, c)).toBe((gridCount(name, a, b) as number) + (gridCount(name, b, c) as number));
    }),
  );
});

test('a range that is empty or turned round has no bars', () => {
  fc.assert(
    fc.property(timeframe, instant, fc.nat(), (name, start, back) => {
      expect(gridCount(name, start, start - back)).toBe(0);
    }),
  );
});

describe('ends of months and years', () => {
  test.each([
    ['2024-02-29T23:59:59.999Z', '2024-02-01', '2024-03-01'],
    ['2023-02-28T12:00:00Z', '2023-02-01', '2023-03-01'],
    ['2023-12-31T23:59:59.999Z', '2023-12-01', '2024-01-01'],
    ['1969-12-31T23:59:59.999Z', '1969-12-01', '1970-01-01'],
    ['1900-02-28T00:00:00Z', '1900-02-01', '1900-03-01'],
  ])('the month that holds %s', (when, open, close) => {
    expect(openOf('1mo', at(when))).toBe(at(open));
    expect(closeOf('1mo', at(open))).toBe(at(close));
  });

  test('a leap year has 8,784 hours, 366 days and 12 months', () => {
    expect(gridCount('1h', at('2024-01-01'), at('2025-01-01'))).toBe(8784);
    expect(gridCount('1d', at('2024-01-01'), at('2025-01-01'))).toBe(366);
    expect(gridCount('1mo', at('2024-01-01'), at('2025-01-01'))).toBe(12);
    expect(gridCount('1m', at('2023-01-01'), at('2024-01-01'))).toBe(525_600);
  });

  test('a week that spans New Year opens in the old year', () => {
    expect(openOf('1w', at('2025-01-01'))).toBe(at('2024-12-30'));
  });
});

test('weeks open on Monday, before 1970 too', () => {
  fc.assert(
    fc.property(instant, (when) => {
      expect(new Date(openOf('1w', when)).getUTCDay()).toBe(1);
    }),
  );
});

test('a tick is its own grid, lasts a millisecond and cannot be counted', () => {
  expect(openOf('ticks', 1234)).toBe(1234);
  expect(closeOf('ticks', 1234)).toBe(1235);
  expect(isOnGrid('ticks', -7)).toBe(true);
  expect(gridCount('ticks', 0, 1000)).toBeUndefined();
  expect(stepOf('ticks')).toBeUndefined();
  expect(stepOf('1mo')).toBeUndefined();
});

describe('names', () => {
  test.each(TIMEFRAMES)('%s is its own name', (name) => expect(parseTimeframe(name)).toBe(name));

  test('a capital M is a month and a small one a minute', () => {
    expect(parseTimeframe('1M')).toBe('1mo');
    expect(parseTimeframe('1m')).toBe('1m');
  });

  test.each(['', '7m', '1H ', '0h', 'constructor', '__proto__', '1MO', 'hour'])('%j is refused', (name) => {
    expect(parseTimeframe(name)).toBeUndefined();
  });
});
