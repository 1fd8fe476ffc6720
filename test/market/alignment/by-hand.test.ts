import { describe, expect, test } from '@jest/globals';
import { comparePrices } from '../../../src/market/alignment/compare-prices.js';
import { correlateReturns } from '../../../src/market/alignment/correlate-returns.js';
import { findShift } from '../../../src/market/alignment/find-shift.js';
import { measureScale } from '../../../src/market/alignment/measure-scale.js';
import { median } from '../../../src/market/alignment/median.js';
import { shareGrid } from '../../../src/market/alignment/share-grid.js';

const HOUR = 3_600_000;
const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers);

test.each([
  [[5], 5],
  [[1, 2], 1.5],
  [[3, 1, 2], 2],
  [[10, 2, 30, 4], 7],
  [[100, 9, 20], 20],
  [[Number.NaN, 4, Number.NaN], 4],
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle));

test('scale is a ratio and how far the usual pair lies from it', () => {
  const { count, ratio, spread } = measureScale(of(10, 10, 10, 10, 10), of(20, 20, 20, 22, 18));
  expect([count, ratio, spread]).toEqual([5, expect.closeTo(2, 12), expect.closeTo(0, 12)]);
  const scattered = measureScale(of(10, 10, 10), of(18, 20, 22));
  expect(scattered.ratio).toBeCloseTo(2, 12);
  expect(scattered.spread).toBeCloseTo(0.1, 12);
  expect(measureScale(of(), of())).toEqual({ count: 0, ratio: Number.NaN, spread: Number.NaN });
  expect(measureScale(of(0, 1, -1, 2), of(1, 0, -1, 2))).toMatchObject({ count: 1, ratio: 1 });
});

describe('correlation by ranks', () => {
  test.each([
    // Moves up by 1, 2, 3 and 4 per cent against 4, 3, 2 and 1.
    [[1, 2, 3, 4], [1, 2, 3, 4], 1],
    [[1, 2, 3, 4], [4, 3, 2, 1], -1],
    [[1, 2, 3, 4], [1, 2, 4, 3], 0.8],
    [[1, 2, 3, 4], [2, 1, 4, 3], 0.6],
    [[1, 2, 3, 400], [1, 2, 3, 4], 1],
    // Equal moves share a rank: 1, 2.5, 2.5, 4 against 1 to 4.
    [[1, 2, 2, 4], [1, 2, 3, 4], 4.5 / Math.sqrt(4.5 * 5)],
    [[1, 2, 3], [1, 3, 2], 0.5],
  ])('of %j and %j is %d', (x, y, expected) => {
    const prices = (moves: number[]): Float64Array => {
      let price = 100;
      return Float64Array.from([0, ...moves], (move) => {
        price *= 1 + move / 100;
        return price;
      });
    };
    expect(correlateReturns(prices(x), prices(y))).toBeCloseTo(expected, 9);
  });

  test('leaves out moves from and to what is no price', () => {
    const a = of(1, 2, 3, 4, 5, Number.NaN, 7, 8);
    const b = of(1, 2, 3, 0, 5, 6, 7, 9);
    expect(correlateReturns(a, b)).toBeCloseTo(1, 9);
    expect(correlateReturns(of(1, 2, 4, 9), of(3, 3, 3, 3))).toBeUndefined();
    expect(correlateReturns(of(3, 3, 3, 3), of(1, 2, 4, 9))).toBeUndefined();
  });

  test('takes what only rounding tells apart for one move', () => {
    // Each goes up by a tenth, give or take a billionth of a billionth.
    const even = of(1, 1.1, 1.21, 1.331 * (1 + 1e-12), 1.4641);
    expect(correlateReturns(even, of(1, 2, 1, 3, 1))).toBeUndefined();
  });
});

test.each([
  ['1h', [0, HOUR], [2 * HOUR], true],
  ['1h', [0, HOUR], [2.5 * HOUR], false],
  ['1h', [0.5 * HOUR], [2.5 * HOUR, 3 * HOUR], true],
  ['1h', [], [1], true],
  ['1h', [1], [], true],
  ['1mo', [0], [1], true],
  ['ticks', [0], [1], true],
] as const)('a grid of %s, %j and %j: shared %s', (timeframe, a, b, shared) => {
  expect(shareGrid(timeframe, of(...a), of(...b))).toBe(shared);
});

describe('a shift', () => {
  // No two stretches of it are alike.
  const CLOSES = [
    103, 110, 93, 95, 108, 105, 97, 95, 97, 95, 92, 104, 91, 92, 96, 94, 97, 94, 107, 95, 102, 98, 100, 108, 93, 97,
  ];
  const series = (from: number, count: number, lag = 0) => ({
    time: Float64Array.from({ length: count }, (_, i) => (from + i + lag) * HOUR),
    close: Float64Array.from({ length: count }, (_, i) => CLOSES[from + i] as number),
  });

  test('of one to three bars is found, late and early, and a longer one is not looked for', () => {
    for (const lag of [-3, -2, -1, 1, 2, 3]) expect(findShift(series(0, 26), series(0, 26, lag))).toBe(lag);
    for (const lag of [-5, -4, 4, 5]) expect(findShift(series(0, 26), series(0, 26, lag))).toBe(0);
  });

  test('needs eight pairs, in step and out of it', () => {
    expect(findShift(series(0, 9), series(0, 9, 1))).toBe(1);
    expect(findShift(series(0, 8), series(0, 8, 1))).toBe(0);
    expect(findShift(series(0, 11), series(0, 11, 3))).toBe(3);
    expect(findShift(series(0, 10), series(0, 10, 3))).toBe(0);
    expect(findShift(series(0, 11), series(0, 11, -3))).toBe(-3);
    expect(findShift(series(0, 10), series(0, 10, -3))).toBe(0);
  });

  test('is none where another lag fits only a little better', () => {
    const one = series(0, 26);
    const noisy = (size: number) => ({
      time: one.time.map((time) => time + HOUR),
      close: one.close.map((close, i) => close + (((i * 7) % 5) - 2) * size),
    });
    expect(findShift(one, noisy(1))).toBe(1);
    expect(findShift(one, noisy(4))).toBe(0);
  });
});

test('a comparison says all of it at once', () => {
  const a = { time: of(0, HOUR, 2 * HOUR, 3 * HOUR, 9 * HOUR), close: of(100, 110, 99, 99, 5) };
  const b = { time: of(0, HOUR, 2 * HOUR, 3 * HOUR, 5 * HOUR), close: of(200, 220, 198, 198, 7) };
  expect(comparePrices('1h', a, b)).toEqual({
    overlap: 4,
    ratio: expect.closeTo(2, 12),
    spread: expect.closeTo(0, 12),
    move: expect.closeTo(Math.log(1.1), 12),
    correlation: expect.closeTo(1, 9),
    shift: 0,
    sameGrid: true,
  });
});
