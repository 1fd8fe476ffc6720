import { describe, expect, test } from '@jest/globals';
import { isOrdered, judgeCell, leastOf, opensHere } from '../../src/market/bar-rules.js';
import type { Timeframe } from '../../src/market/timeframe.js';

const PRICES = ['open', 'high', 'low', 'close', 'price'];

describe('a cell', () => {
  test.each(PRICES)('of %s is above zero and there', (name) => {
    expect(judgeCell(name, 0.01)).toBeUndefined();
    expect(judgeCell(name, 5e-324)).toBeUndefined();
    expect(judgeCell(name, 0)).toBe('not-positive');
    expect(judgeCell(name, -1)).toBe('not-positive');
    expect(judgeCell(name, Number.NaN)).toBe('no-prices');
    expect(leastOf(name)).toBe(5e-324);
  });

  test('of volume is not below zero, and may be absent', () => {
    expect(judgeCell('volume', 0)).toBeUndefined();
    expect(judgeCell('volume', Number.NaN)).toBeUndefined();
    expect(judgeCell('volume', -0.5)).toBe('negative-volume');
    expect(leastOf('volume')).toBe(0);
  });

  test('of anything else may be any number, or absent', () => {
    for (const value of [-1, 0, 1, Number.NaN]) expect(judgeCell('openInterest', value)).toBeUndefined();
    expect(leastOf('openInterest')).toBe(-Number.MAX_VALUE);
  });
});

test.each([
  [5, 9, 1, 6, true],
  [5, 5, 5, 5, true],
  [9, 9, 1, 1, true],
  [1, 9, 1, 9, true],
  [10, 9, 1, 6, false],
  [0, 9, 1, 6, false],
  [5, 9, 1, 10, false],
  [5, 9, 1, 0, false],
  [5, 1, 9, 5, false],
  [Number.NaN, 9, 1, 6, false],
])('open %d, high %d, low %d, close %d: in order %s', (open, high, low, close, ordered) => {
  expect(isOrdered(open, high, low, close)).toBe(ordered);
});

test.each<[Timeframe, string, boolean, boolean]>([
  ['1h', '10:00', false, true],
  ['1h', '09:30', true, false],
  ['1h', '09:45', true, false],
  ['1h', '09:31', false, false],
  ['4h', '09:30', true, false],
  ['30m', '09:45', true, false],
  ['5m', '09:35', false, true],
  ['5m', '09:33', false, false],
  ['1m', '09:31', false, true],
  ['12h', '09:30', true, false],
  ['1d', '09:30', false, false],
  ['1w', '09:30', false, false],
  ['1mo', '09:30', false, false],
  ['ticks', '09:30', false, true],
])('a bar of %s at %s: %s from an open of sessions, %s on the clock', (timeframe, clock, session, always) => {
  const time = Date.parse(`2024-03-05T${clock}:00Z`);
  expect(opensHere(timeframe, time, true)).toBe(session || always);
  expect(opensHere(timeframe, time, false)).toBe(always);
});
