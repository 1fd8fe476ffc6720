import { describe, expect, test } from '@jest/globals';
import {
  type Bars,
  barsWithin,
  column,
  concatBars,
  emptyBars,
  firstUnordered,
  lowerBound,
  OHLCV,
  rowCount,
  rowsOf,
  selectColumns,
  sliceRows,
} from '../../src/market/bars.js';
import { formatInstant } from '../../src/market/instant.js';

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers);
const BARS: Bars = { time: of(10, 20, 30, 40), columns: ['open', 'close'], values: [of(1, 2, 3, 4), of(5, 6, 7, 8)] };

test('none have their columns, all of them empty', () => {
  expect(emptyBars()).toEqual({ time: of(), columns: OHLCV, values: OHLCV.map(() => of()) });
  expect(emptyBars(['price'])).toEqual({ time: of(), columns: ['price'], values: [of()] });
  expect(rowCount(emptyBars())).toBe(0);
  expect(rowCount(BARS)).toBe(4);
});

test('give a column by its name, and say what there is where there is none such', () => {
  expect(column(BARS, 'timestamp')).toBe(BARS.time);
  expect(column(BARS, 'open')).toBe(BARS.values[0]);
  expect(column(BARS, 'close')).toBe(BARS.values[1]);
  expect(() => column(BARS, 'volume')).toThrow(new RangeError('no column volume; there are timestamp, open, close'));
});

describe('rows', () => {
  test('are cut out as views, and all of them are the bars themselves', () => {
    const cut = sliceRows(BARS, 1, 3);
    expect(cut).toEqual({ time: of(20, 30), columns: BARS.columns, values: [of(2, 3), of(6, 7)] });
    expect(cut.time.buffer).toBe(BARS.time.buffer);
    expect(sliceRows(BARS, 0, 4)).toBe(BARS);
    expect(sliceRows(BARS, 0, 3).time).toEqual(of(10, 20, 30));
    expect(sliceRows(BARS, 1, 4).time).toEqual(of(20, 30, 40));
  });

  test.each([
    [10, 40, [10, 20, 30]],
    [11, 41, [20, 30, 40]],
    [0, 10, []],
    [40, 99, [40]],
    [41, 99, []],
    [20, 20, []],
    [-5, 99, [10, 20, 30, 40]],
  ])('in [%d, %d): %j', (start, end, times) => expect([...barsWithin(BARS, { start, end }).time]).toEqual(times));

  test('are found by the first time not before an instant', () => {
    for (const [instant, row] of [
      [9, 0],
      [10, 0],
      [11, 1],
      [40, 3],
      [41, 4],
    ] as const)
      expect(lowerBound(BARS.time, instant)).toBe(row);
    expect(lowerBound(of(), 5)).toBe(0);
  });

  test('one at a time carry their names', () => {
    expect([...rowsOf(BARS)].slice(1, 3)).toEqual([
      { timestamp: 20, open: 2, close: 6 },
      { timestamp: 30, open: 3, close: 7 },
    ]);
  });

  test.each([
    [[], -1],
    [[5], -1],
    [[5, 6, 7], -1],
    [[5, 5, 7], 1],
    [[5, 6, 4], 2],
    [[5, Number.NaN, 6], 1],
  ])('of %j are out of order at %d', (times, row) => expect(firstUnordered(of(...times))).toBe(row));
});

describe('columns', () => {
  test('are put in the order that is asked for, and one that lacks is absent throughout', () => {
    const chosen = selectColumns(BARS, ['close', 'volume']);
    expect(chosen.columns).toEqual(['close', 'volume']);
    expect(chosen.values).toEqual([of(5, 6, 7, 8), of(Number.NaN, Number.NaN, Number.NaN, Number.NaN)]);
    expect(chosen.time).toBe(BARS.time);
  });

  test('that are those already leave the bars as they are', () => {
    expect(selectColumns(BARS, ['open', 'close'])).toBe(BARS);
    expect(selectColumns(BARS, ['close', 'open']).values).toEqual([BARS.values[1], BARS.values[0]]);
    expect(selectColumns(BARS, ['open']).values).toEqual([BARS.values[0]]);
    expect(selectColumns(BARS, ['open', 'close', 'open']).columns).toEqual(['open', 'close', 'open']);
  });
});

describe('several series, one after another', () => {
  const later: Bars = { time: of(50), columns: ['close', 'volume'], values: [of(9), of(100)] };

  test('have the first one’s columns, or those that are named', () => {
    expect(concatBars([BARS, later])).toEqual({
      time: of(10, 20, 30, 40, 50),
      columns: ['open', 'close'],
      values: [of(1, 2, 3, 4, Number.NaN), of(5, 6, 7, 8, 9)],
    });
    expect(concatBars([later, later], ['volume']).values).toEqual([of(100, 100)]);
  });

  test('are one where there is one, and none where there is none', () => {
    expect(concatBars([BARS])).toBe(BARS);
    expect(concatBars([BARS], ['close']).columns).toEqual(['close']);
    expect(concatBars([])).toEqual(emptyBars());
  });
});

test.each([
  ['2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00Z'],
  ['2024-01-01T00:00:00.120Z', '2024-01-01T00:00:00.120Z'],
])('an instant is written without milliseconds where they are zero: %s', (given, written) => {
  expect(formatInstant(Date.parse(given))).toBe(written);
});
