import { describe, expect, test } from '@jest/globals';
import { type Bars, concatBars } from '../../../src/market/bars.js';
import type { Expectation, Grid } from '../../../src/market/expected.js';
import { expectedOpens } from '../../../src/market/expected.js';
import { judgeRows } from '../../../src/market/judge/judge-rows.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { calendar } from '../calendars/sessions-of.js';
import { judge } from './walk.js';

const NAMES = ['open', 'high', 'low', 'close', 'volume'];

function row(time: string | number, cells: readonly number[] = [5, 6, 4, 5, 100]): Bars {
  const at = typeof time === 'number' ? time : Date.parse(time);
  return { time: Float64Array.of(at), columns: NAMES, values: cells.map((cell) => Float64Array.of(cell)) };
}

function rowsAt(times: ArrayLike<number>): Bars {
  return concatBars(Array.from(times, (time) => row(time)));
}

const by = (id: string, timeframe: Timeframe, grid: Grid = 'session'): Expectation => ({
  calendar: calendar(id),
  timeframe,
  grid,
});

describe('rows held against what makes a bar', () => {
  const { NaN: none } = Number;
  test.each([
    ['nothing', [5, 6, 4, 5, 100], undefined],
    ['no volume known', [5, 6, 4, 5, none], undefined],
    ['no volume, and a tiny price', [1e-9, 1e-9, 1e-9, 1e-9, 0], undefined],
    ['a missing price', [5, 6, none, 5, 1], 'no-prices'],
    ['a price of nothing', [5, 6, 0, 5, 1], 'not-positive'],
    ['a close above the high', [5, 6, 4, 6.01, 1], 'high-low'],
    ['a low above the high', [5, 4, 6, 5, 1], 'high-low'],
    ['a volume below nothing', [5, 6, 4, 5, -1], 'negative-volume'],
  ] as const)('%s', (_, cells, reason) => {
    const found = judge(judgeRows('1h'), row('2024-01-01T00:00Z', cells));
    expect(found.byReason).toEqual(reason === undefined ? {} : { [reason]: 1 });
    expect([found.rows, found.invalid]).toEqual([1, reason === undefined ? 0 : 1]);
  });

  test('duplicates and rows out of order, also across blocks', () => {
    const rows = ['00:00', '01:00', '01:00', '03:00', '02:00', '04:00'].map((time) => row(`2024-01-01T${time}Z`));
    for (const block of [1, 2, 6]) {
      const found = judge(judgeRows('1h'), concatBars(rows), block);
      expect([found.duplicates, found.invalid, found.examples.map(({ time }) => new Date(time).getUTCHours())]).toEqual(
        [2, 2, [1]],
      );
    }
  });

  test('rows off the clock’s grid', () => {
    const found = judge(judgeRows('1h'), concatBars([row('2018-02-09T10:00Z'), row('2018-02-09T11:00:14.789Z')]));
    expect(found.byReason).toEqual({ 'off-grid': 1 });
  });

  test('ticks have no grid, and one price', () => {
    const time = Float64Array.of(1, 5, 7);
    const ticks = { time, columns: ['price'], values: [Float64Array.of(3, 0, 3)] };
    expect(judge(judgeRows('ticks'), ticks).byReason).toEqual({ 'not-positive': 1 });
  });

  test('of many, all are counted and the first is shown', () => {
    const times = Array.from({ length: 500 }, (_, i) => Date.UTC(2024, 0, 1) + i * 3_600_000 + 1);
    const found = judge(judgeRows('1h'), rowsAt(times));
    expect([found.invalid, found.examples.length]).toEqual([500, 1]);
  });
});

describe('rows held against a calendar', () => {
  const decade = { start: Date.UTC(2015, 0, 1), end: Date.UTC(2025, 0, 1) };

  test.each([
    ['XNYS', '1h', 'session'],
    ['XNYS', '1h', 'clock'],
    ['XNYS', '1d', 'session'],
    ['XNYS', '1mo', 'session'],
    ['XTKS', '30m', 'clock'],
    ['XASX', '1h', 'clock'],
    ['fx', '4h', 'clock'],
    ['fx', '1d', 'clock'],
    ['24x7', '1d', 'clock'],
  ] as const)('what %s expects of %s (%s) is in order', (id, timeframe, grid) => {
    const expectation = by(id, timeframe, grid);
    const opens = expectedOpens(expectation, decade);
    const one = row(0);
    const bars = {
      ...one,
      time: opens,
      values: one.values.map((v) => new Float64Array(opens.length).fill(v[0] as number)),
    };
    expect(judge(judgeRows(timeframe, expectation), bars, 4096).byReason).toEqual({});
  });

  test.each([
    ['a Saturday', '1d', '2024-03-09', 'outside-session'],
    ['a holiday', '1d', '2025-01-09', 'outside-session'],
    ['a session', '1d', '2025-01-10', undefined],
    ['the morning before the bell', '5m', '2024-03-08T14:25Z', 'outside-session'],
    ['the last five minutes', '5m', '2024-03-08T20:55Z', undefined],
    ['the bell', '5m', '2024-03-08T21:00Z', 'outside-session'],
    ['after a half day', '5m', '2024-07-03T17:00Z', 'outside-session'],
    ['a bar by the clock where they count from the open', '1h', '2024-03-08T15:00Z', 'off-grid'],
    ['a bar from the open', '1h', '2024-03-08T14:30Z', undefined],
    ['a day that nobody vouches for', '1d', '1901-01-05', undefined],
  ] as const)('%s', (_, timeframe, time, reason) => {
    const found = judge(judgeRows(timeframe, by('XNYS', timeframe)), row(time));
    expect(found.examples.map((bad) => bad.reason)).toEqual(reason === undefined ? [] : [reason]);
    expect(found.invalid).toBe(reason === 'off-grid' ? 1 : 0);
    expect(found.outside).toBe(reason === 'outside-session' ? 1 : 0);
  });

  test('lunch in Tokyo is outside', () => {
    const found = judge(
      judgeRows('30m', by('XTKS', '30m', 'clock')),
      rowsAt(['02:00', '02:30', '03:00', '03:30'].map((time) => Date.parse(`2024-03-08T${time}Z`))),
    );
    expect([found.outside, found.invalid, found.examples[0]?.time]).toEqual([2, 0, Date.parse('2024-03-08T02:30Z')]);
  });
});
