import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bars, concatBars } from '../../../src/market/bars.js';
import { findFrozenTail } from '../../../src/market/judge/frozen-tail.js';
import { HOUR, judge, walk } from './walk.js';

const DAY = 24 * HOUR;

/** So many bars more, each of the last price alone. */
function freeze(bars: Bars, count: number, volume: number, step = HOUR): Bars {
  const last = bars.time.length - 1;
  const price = bars.values[3]?.[last] as number;
  const time = Float64Array.from({ length: count }, (_, i) => (bars.time[last] as number) + (i + 1) * step);
  const values = bars.columns.map((name) => new Float64Array(count).fill(name === 'volume' ? volume : price));
  return concatBars([bars, { ...bars, time, values }]);
}

const given = { seed: 4, bars: 400, sigma: 0.01, freedom: 8, price: 20 };

describe('the end of a series that repeats its last price', () => {
  test.each([0, Number.NaN])('is found, with volume %d', (volume) => {
    const bars = freeze(walk(given), 200, volume);
    const price = bars.values[3]?.[599];
    expect(judge(findFrozenTail(), bars)).toEqual({
      kind: 'frozen-tail',
      from: bars.time[400],
      to: bars.time[599],
      detail: `the last 200 bars only repeat ${price} without volume, as of something delisted`,
    });
  });

  test('is found in few bars where they are months', () => {
    const bars = freeze(walk({ ...given, step: 30 * DAY }), 5, 0, 30 * DAY);
    expect(judge(findFrozenTail(), bars)?.from).toBe(bars.time[400]);
  });

  test.each([
    ['with volume', freeze(walk(given), 200, 3)],
    ['of less than seven days', freeze(walk(given), 160, 0)],
    ['of less than twenty bars', freeze(walk({ ...given, step: DAY }), 19, 0, DAY)],
    ['that moved on', concatBars([freeze(walk(given), 200, 0), walk({ ...given, bars: 1 })])],
  ])('%s is none', (_, bars) => {
    expect(judge(findFrozenTail(), bars)).toBeUndefined();
  });

  test('is none where the series has paused before, for a third as long', () => {
    const before = freeze(walk(given), 180, 0);
    const later = walk({ ...given, price: 21 });
    const moved = { ...later, time: later.time.map((time) => time + 1000 * HOUR) };
    expect(judge(findFrozenTail(), freeze(concatBars([before, moved]), 400, 0))).toBeUndefined();
    expect(judge(findFrozenTail(), freeze(concatBars([before, moved]), 700, 0))).toBeDefined();
  });

  test('is none in what moves', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => expect(judge(findFrozenTail(), walk({ ...given, seed }))).toBeUndefined()),
      { numRuns: 50 },
    );
  });

  test('ticks have none', () => {
    const { time, values } = walk(given);
    expect(judge(findFrozenTail(), { time, columns: ['price'], values: [values[3] as Float64Array] })).toBeUndefined();
  });
});
