import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findOutliers } from '../../../src/market/judge/outliers.js';
import { findScaleBreaks } from '../../../src/market/judge/scale-breaks.js';
import { HOUR, judge, START, scale, walk } from './walk.js';

const wild = fc.record({
  seed: fc.nat(),
  bars: fc.constant(1500),
  sigma: fc.constantFrom(0.0005, 0.002, 0.01, 0.02, 0.04),
  freedom: fc.constantFrom(3, 4, 8),
  price: fc.constantFrom(0.00000123, 0.07, 12, 64_000),
});
/** With a usual move of at most 1 %, as minutes and hours have, and days of shares. */
const tame = wild.map((walk) => ({ ...walk, sigma: Math.min(walk.sigma, 0.01), freedom: 8 }));
/** Always the same walks: once in some thousands a jump hides behind a true move of its size, and that is no fault. */
const runs = { numRuns: 300, seed: 20261121 };

describe('no false alarms', () => {
  test('on random walks as volatile as coins, with heavy tails', () => {
    fc.assert(
      fc.property(wild, (given) => {
        const bars = walk(given);
        expect(judge(findOutliers(), bars).first).toEqual([]);
        expect(judge(findScaleBreaks(), bars).first).toEqual([]);
      }),
      runs,
    );
  });

  test('on a true crash that stays, and one that recovers over days', () => {
    const bars = walk({ seed: 7, bars: 600, sigma: 0.01, freedom: 8, price: 100 });
    const crash = scale(bars, 0.43, 300);
    (crash.values[0] as Float64Array)[300] = (bars.values[3] as Float64Array)[299] as number;
    expect(judge(findScaleBreaks(), crash).count).toBe(0);
    expect(judge(findOutliers(), crash).count).toBe(0);
    expect(judge(findOutliers(), scale(bars, 0.43, 300, 324)).count).toBe(0);
  });

  test('on a price that does not move, has holes, or is not there', () => {
    const flat = walk({ seed: 1, bars: 300, sigma: 0, freedom: 8, price: 1 });
    expect(judge(findOutliers(), flat).count + judge(findScaleBreaks(), flat).count).toBe(0);
    const holed = {
      ...flat,
      values: flat.values.map((column) => column.map((v, i) => (i % 7 === 0 ? Number.NaN : v))),
    };
    expect(judge(findOutliers(), holed).count + judge(findScaleBreaks(), holed).count).toBe(0);
    const ticks = { time: flat.time, columns: ['price'], values: [flat.values[3] as Float64Array] };
    expect(judge(findOutliers(), ticks).count + judge(findScaleBreaks(), ticks).count).toBe(0);
  });
});

describe('planted outliers are found', () => {
  test('wherever they are, up or down, one to three bars of them, and nothing else', () => {
    const factor = fc.constantFrom(10, 100, 0.1, 0.01, 3);
    fc.assert(
      fc.property(
        tame,
        factor,
        fc.integer({ min: 50, max: 1490 }),
        fc.integer({ min: 1, max: 3 }),
        (given, by, at, n) => {
          const { count, first } = judge(findOutliers(), scale(walk(given), by, at, at + n));
          expect(first.map(({ from, to }) => [(from - START) / HOUR, (to - START) / HOUR])).toEqual([[at, at + n - 1]]);
          expect(count).toBe(1);
        },
      ),
      runs,
    );
  });

  test('with the evidence in words', () => {
    const bars = walk({ seed: 1, bars: 100, sigma: 0, freedom: 8, price: 1.002 });
    expect(judge(findOutliers(), scale(bars, 10, 60, 61)).first).toEqual([
      {
        kind: 'outlier',
        from: START + 60 * HOUR,
        to: START + 60 * HOUR,
        detail: 'close 10.02 between 1.002 and 1.002',
      },
    ]);
  });

  test('the first twenty bars, and the very last, are not judged', () => {
    const bars = walk({ seed: 3, bars: 100, sigma: 0.001, freedom: 8, price: 50 });
    expect(judge(findOutliers(), scale(bars, 10, 5, 6)).count).toBe(0);
    expect(judge(findOutliers(), scale(bars, 10, 99)).count).toBe(0);
  });

  test('of a series that is odd throughout, all are counted and few are kept', () => {
    let bars = walk({ seed: 3, bars: 3000, sigma: 0.001, freedom: 8, price: 50 });
    for (let at = 50; at < 3000; at += 10) bars = scale(bars, 10, at, at + 1);
    const { count, first } = judge(findOutliers(), bars);
    expect([count, first.length]).toEqual([295, 100]);
  });
});

describe('planted splits are found', () => {
  test('wherever they are, either way, and nothing else', () => {
    const ratio = fc.constantFrom(2, 3, 4, 7, 10, 20, 0.5, 1 / 3, 0.25, 0.1, 0.01);
    fc.assert(
      fc.property(tame, ratio, fc.integer({ min: 50, max: 1470 }), (given, by, at) => {
        const bars = scale(walk(given), by, at);
        expect(judge(findScaleBreaks(), bars).first.map(({ from }) => (from - START) / HOUR)).toEqual([at]);
        expect(judge(findOutliers(), bars).count).toBe(0);
      }),
      runs,
    );
  });

  test.each([
    [0.25, 'opens at 25 after 100 and stays there, as after an unadjusted 4:1 split'],
    [10, 'opens at 1000 after 100 and stays there, as after an unadjusted 1:10 split'],
    [2 / 3, 'opens at 66.66666666666666 after 100 and stays there, as after an unadjusted 3:2 split'],
  ])('a factor of %d with the evidence in words', (factor, detail) => {
    const bars = scale(walk({ seed: 1, bars: 100, sigma: 0, freedom: 8, price: 100 }), factor, 60);
    expect(judge(findScaleBreaks(), bars).first.map((found) => found.detail)).toEqual([detail]);
  });

  test('an outlier is none', () => {
    const bars = walk({ seed: 1, bars: 100, sigma: 0.001, freedom: 8, price: 100 });
    expect(judge(findScaleBreaks(), scale(bars, 10, 60, 61)).count).toBe(0);
  });

  test('a step by no split’s ratio is none', () => {
    const bars = walk({ seed: 1, bars: 200, sigma: 0.001, freedom: 8, price: 100 });
    expect(judge(findScaleBreaks(), scale(bars, 0.43, 60)).count).toBe(0);
  });
});

test('blocks of any size give the same', () => {
  const bars = scale(scale(walk({ seed: 5, bars: 500, sigma: 0.005, freedom: 8, price: 9 }), 10, 200, 202), 0.5, 300);
  const all = [1, 2, 7, 201, 500].map((size) => [
    judge(findOutliers(), bars, size),
    judge(findScaleBreaks(), bars, size),
  ]);
  for (const one of all) expect(one.map(({ first }) => first)).toEqual(all[0]?.map(({ first }) => first));
  expect(all[0]?.map(({ count }) => count)).toEqual([1, 1]);
});
