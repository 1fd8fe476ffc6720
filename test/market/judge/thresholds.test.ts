import { describe, expect, test } from '@jest/globals';
import { type Bars, concatBars } from '../../../src/market/bars.js';
import { findFrozenTail } from '../../../src/market/judge/frozen-tail.js';
import { SuspicionList } from '../../../src/market/judge/judge.js';
import { findOutliers } from '../../../src/market/judge/outliers.js';
import { RollingScale } from '../../../src/market/judge/rolling-scale.js';
import { findScaleBreaks } from '../../../src/market/judge/scale-breaks.js';
import { judge } from './walk.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Bars of these closes, each opening at the close before (or where `opens` says) and trading 5. */
function barsOf(closes: readonly number[], step = HOUR, opens: Readonly<Record<number, number>> = {}): Bars {
  const time = Float64Array.from(closes, (_, i) => i * step);
  const close = Float64Array.from(closes);
  const open = Float64Array.from(closes, (_, i) => opens[i] ?? closes[i - 1] ?? (closes[0] as number));
  const high = open.map((each, i) => Math.max(each, close[i] as number));
  const low = open.map((each, i) => Math.min(each, close[i] as number));
  const volume = new Float64Array(closes.length).fill(5);
  return { time, columns: ['open', 'high', 'low', 'close', 'volume'], values: [open, high, low, close, volume] };
}

/** Goes up and down by this share, by turns, from 100. */
const zigzag = (count: number, move = 0.01): number[] =>
  Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 100 : 100 * (1 + move)));
const flat = (count: number, step: number, from: number, price = 7): Bars => {
  const bars = barsOf(new Array(count).fill(price), step);
  return {
    ...bars,
    time: bars.time.map((time) => time + from),
    values: bars.values.map((v, c) => (c === 4 ? v.fill(0) : v)),
  };
};

describe('the usual move', () => {
  const scaleOf = (moves: readonly number[]): number | undefined => {
    const scale = new RollingScale();
    for (const move of moves) scale.add(move);
    return scale.sigma;
  };

  test('is known from twenty moves on, and is their median in units of a deviation', () => {
    expect(scaleOf(new Array(19).fill(1))).toBeUndefined();
    expect(scaleOf(new Array(20).fill(-1))).toBe(1.4826);
    const twenty = Array.from({ length: 20 }, (_, i) => (i + 1) * (i % 2 === 0 ? 1 : -1));
    expect(scaleOf(twenty)).toBeCloseTo(1.4826 * 11, 12);
  });

  test('is that of the last 128', () => {
    expect(scaleOf([...new Array(500).fill(9), ...new Array(128).fill(1)])).toBe(1.4826);
    expect(scaleOf([...new Array(65).fill(9), ...new Array(63).fill(1)])).toBe(9 * 1.4826);
    expect(scaleOf([...new Array(500).fill(9), ...new Array(65).fill(1)])).toBe(1.4826);
  });
});

test('suspicions are all counted, and a hundred are kept', () => {
  const list = new SuspicionList();
  for (let at = 0; at < 101; at++) list.push({ kind: 'outlier', from: at, to: at, detail: '' });
  expect([list.count, list.first.length, list.first[99]?.from]).toEqual([101, 100, 99]);
});

describe('a frozen tail', () => {
  const found = (bars: Bars) => judge(findFrozenTail(), bars) !== undefined;
  const moving = barsOf(zigzag(50), 8 * HOUR);
  const movingThen = (count: number, step: number) => concatBars([moving, flat(count, step, 1000 * DAY)]);

  test.each([
    ['22 bars of eight hours: seven days', 22, 8 * HOUR, true],
    ['21 bars of eight hours: less', 21, 8 * HOUR, false],
    ['20 bars of a day', 20, DAY, true],
    ['19 bars of a day', 19, DAY, false],
    ['5 bars of 22.5 days: ninety days', 5, 22.5 * DAY, true],
    ['5 bars of 22 days', 5, 22 * DAY, false],
    ['4 bars of 30 days: ninety days', 4, 30 * DAY, false],
  ])('of %s', (_, count, step, expected) => expect(found(movingThen(count, step))).toBe(expected));

  test('is three times as long as any pause before it', () => {
    const paused = (before: number, tail: number) =>
      concatBars([
        flat(before, DAY, 0, 3),
        { ...moving, time: moving.time.map((t) => t + 500 * DAY) },
        flat(tail, DAY, 1000 * DAY),
      ]);
    expect(found(paused(10, 30))).toBe(true);
    expect(found(paused(10, 29))).toBe(false);
    // Two pauses at two prices do not add up.
    expect(found(concatBars([flat(6, DAY, 0, 3), flat(6, DAY, 6 * DAY, 4), paused(1, 20)]))).toBe(true);
  });

  test.each(['open', 'high', 'low', 'volume'])('ends with a bar whose %s differs', (name) => {
    const bars = movingThen(40, DAY);
    const at = bars.columns.indexOf(name);
    const values = bars.values.map((v, c) => (c === at ? v.map((x, i) => (i === 89 ? x + 1 : x)) : v));
    expect(found({ ...bars, values })).toBe(false);
    expect(found(bars)).toBe(true);
  });

  test('is found where nobody knows the volume', () => {
    const bars = movingThen(40, DAY);
    expect(found({ ...bars, columns: bars.columns.slice(0, 4), values: bars.values.slice(0, 4) })).toBe(true);
  });
});

describe('an outlier', () => {
  const outliers = (closes: readonly number[]) =>
    judge(findOutliers(), barsOf(closes)).first.map(({ from, to, detail }) => [from / HOUR, to / HOUR, detail]);
  const leap = (...prices: number[]): number[] => [...zigzag(40), ...prices, ...zigzag(10)];

  test.each([
    ['152, half as much again and a little', 152, 1],
    ['151, a little less', 151, 0],
    ['67, two thirds and a little less', 67, 1],
    ['68, a little more', 68, 0],
  ])('is a close at %s, after 101', (_, price, count) => expect(outliers(leap(price))).toHaveLength(count));

  test('is up to three closes, and four are a level', () => {
    expect(outliers(leap(1000))).toEqual([[40, 40, 'close 1000 between 101 and 100']]);
    expect(outliers(leap(1000, 1100))).toEqual([[40, 41, '2 closes, the last 1100 between 101 and 100']]);
    expect(outliers(leap(1000, 1100, 900))).toEqual([[40, 42, '3 closes, the last 900 between 101 and 100']]);
    expect(outliers(leap(1000, 1100, 900, 1000))).toEqual([]);
  });

  test('comes back to within a tenth of its leap, and stays on its side meanwhile', () => {
    // Of a leap from 101 to 1010, a tenth is a factor of 1.2589.
    expect(outliers([...zigzag(40), 1010, 127, ...zigzag(10)])).toHaveLength(1);
    expect(outliers([...zigzag(40), 1010, 128, 128, 128, ...zigzag(10)])).toEqual([]);
    expect(outliers(leap(1000, 10))).toEqual([]);
  });

  test('is twenty usual moves at least', () => {
    // The usual move is 2 % (by median, 1.4826 times): twenty of them are a factor of 1.8.
    const wild = zigzag(60, 0.02);
    expect(outliers([...wild, 102 * 1.75, ...wild])).toEqual([]);
    expect(outliers([...wild, 102 * 1.85, ...wild])).toHaveLength(1);
  });

  test('is not looked for among the first twenty moves', () => {
    expect(outliers([...zigzag(20), 1000, ...zigzag(10)])).toEqual([]);
    expect(outliers([...zigzag(21), 1000, ...zigzag(10)])).toHaveLength(1);
  });

  test('is not told before it has come back', () => {
    expect(outliers([...zigzag(40), 1000])).toEqual([]);
    expect(outliers([...zigzag(40), Number.NaN, 0, -5, 100])).toEqual([]);
  });
});

describe('a scale that breaks', () => {
  const breaks = (closes: readonly number[], opens: Readonly<Record<number, number>>) =>
    judge(findScaleBreaks(), barsOf(closes, HOUR, opens)).first.map(({ from, detail }) => [from / HOUR, detail]);
  const step = (factor: number, count = 25): number[] => [...zigzag(40), ...zigzag(count).map((c) => c * factor)];
  const told = 'stays there, as after an unadjusted';

  test.each([
    [1 / 2, '2:1'],
    [2 / 3, '3:2'],
    [3, '1:3'],
    [1.5, '2:3'],
    [1 / 1000, '1000:1'],
    [12, '1:12'],
    [1 / 30, '30:1'],
  ])('by %d is told as a split of %s', (factor, split) => {
    const open = 101 * factor;
    expect(breaks(step(factor), { 40: open })).toEqual([
      [40, expect.stringMatching(`^opens at .* after 101 and ${told} ${split} split$`)],
    ]);
  });

  test('stays for twenty bars, and half the way back ends it', () => {
    expect(breaks(step(0.5, 20), { 40: 50.5 })).toHaveLength(1);
    expect(breaks(step(0.5, 19), { 40: 50.5 })).toEqual([]);
    const back = (price: number) => step(0.5).map((close, i) => (i === 50 ? price : close));
    // Half the way from 101 to 50.5 in logarithms is 71.4.
    expect(breaks(back(71), { 40: 50.5 })).toHaveLength(1);
    expect(breaks(back(72), { 40: 50.5 })).toEqual([]);
  });

  test('does so between a close and the next open', () => {
    expect(breaks(step(0.5), { 40: 101 })).toEqual([]);
  });

  test('is as near to a ratio as three usual moves', () => {
    // The usual move of 1 % makes 4.4 %.
    expect(breaks(step(0.5), { 40: 50.5 * 1.043 })).toHaveLength(1);
    expect(breaks(step(0.5), { 40: 50.5 * 1.047 })).toEqual([]);
    expect(breaks(step(0.5), { 40: 50.5 / 1.043 })).toHaveLength(1);
    expect(breaks(step(0.5), { 40: 50.5 / 1.047 })).toEqual([]);
  });

  test('is not looked for among the first twenty bars, nor where opens or closes lack', () => {
    const early = [...zigzag(21), ...zigzag(25).map((c) => c / 2)];
    expect(breaks(early, { 21: 50 })).toHaveLength(1);
    expect(breaks(early.slice(1), { 20: 50 })).toEqual([]);
    const { time, values } = barsOf(step(0.5), HOUR, { 40: 50.5 });
    expect(judge(findScaleBreaks(), { time, columns: ['open'], values: [values[0] as Float64Array] }).count).toBe(0);
    expect(judge(findScaleBreaks(), { time, columns: ['close'], values: [values[3] as Float64Array] }).count).toBe(0);
    // A bar without a price is passed over, and the next one has the step.
    expect(breaks(step(0.5), { 40: 0 }).map(([at]) => at)).toEqual([41]);
  });
});
