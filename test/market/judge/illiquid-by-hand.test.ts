import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../../src/market/calendar.js';
import { judgeIlliquid } from '../../../src/market/judge/illiquid.js';
import type { Range } from '../../../src/market/range.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A market that trades from midnight to eight in the evening, every day: twenty bars of an hour. */
const TWENTY: Calendar = {
  id: 'toy',
  rhythm: 'daily',
  sessions: ({ start, end }) =>
    Array.from({ length: 40 }, (_, day) => ({ date: day * DAY, open: day * DAY, close: day * DAY + 20 * HOUR })).filter(
      ({ open, close }) => close > start && open < end,
    ),
};
const hours = { calendar: TWENTY, timeframe: '1h', grid: 'clock' } as const;
/** Bars [from, to) of a day. */
const bars = (day: number, from: number, to: number): Range => ({
  start: day * DAY + from * HOUR,
  end: day * DAY + to * HOUR,
});
const days = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** A run that goes on from the night before begins somewhere in the hour before its first bar. */
function judge(absent: readonly Range[], last = 21) {
  const quiet = judgeIlliquid(hours, { start: 0, end: last * DAY }, absent);
  return quiet.map(({ start, end }) => ({ start: Math.ceil(start / HOUR) * HOUR, end }));
}

describe('a share with an hour or two without trades each day', () => {
  const quiet = (count: number, from = 0, last = 21) => days(from, last).map((day) => bars(day, 5, 5 + count));

  test('is illiquid below 95 %, and its pauses are normal', () => {
    expect(judge(quiet(2))).toEqual(quiet(2));
    // One of twenty is 95 % exactly.
    expect(judge(quiet(1))).toEqual([]);
  });

  test('says how much of the usual session is there', () => {
    const [first] = judgeIlliquid(hours, { start: 0, end: 21 * DAY }, quiet(3));
    expect(first).toEqual({ ...bars(0, 5, 8), reason: 'no trades: in the usual session 85 % of the bars are there' });
  });

  test('may pause up to three times as long as it usually does', () => {
    const with_ = (run: Range) => quiet(2).map((usual, day) => (day === 10 ? run : usual));
    expect(judge(with_(bars(10, 5, 11)))).toContainEqual(bars(10, 5, 11));
    expect(judge(with_(bars(10, 5, 12)))).toEqual(quiet(2).filter((_, day) => day !== 10));
  });

  test('is missing a session that is wholly absent, and that one is nobody’s neighbour', () => {
    const absent = quiet(2).map((usual, day) => (day === 10 ? bars(10, 0, 20) : usual));
    expect(judge(absent)).toEqual(quiet(2).filter((_, day) => day !== 10));
  });

  test('needs five sessions beside the one that is judged', () => {
    expect(judge(quiet(2, 0, 6), 6)).toEqual(quiet(2, 0, 6));
    expect(judge(quiet(2, 0, 5), 5)).toEqual([]);
  });

  test('is compared with ten sessions on either side, and no more', () => {
    // Days 0 to 10 are quiet and the others whole: of day 0's neighbours all are quiet, of day 11's ten of twenty.
    const absent = [...quiet(2, 0, 11), bars(30, 5, 7)];
    const normal = judge(absent, 40);
    expect(normal).toContainEqual(bars(0, 5, 7));
    expect(normal).not.toContainEqual(bars(30, 5, 7));
    // Day 5's are 0 to 4 and 6 to 15: ten quiet, five whole. Day 10's are 0 to 9 and 11 to 20: ten of twenty.
    expect(normal).toContainEqual(bars(5, 5, 7));
    expect(normal).not.toContainEqual(bars(10, 5, 7));
  });

  test('has its pauses told apart where one range runs over a night', () => {
    const over = days(0, 20).map((day) => ({ start: bars(day, 18, 20).start, end: bars(day + 1, 0, 1).end }));
    expect(judge(over)).toEqual(
      days(0, 21).flatMap((day) => [...(day > 0 ? [bars(day, 0, 1)] : []), ...(day < 20 ? [bars(day, 18, 20)] : [])]),
    );
  });

  test('has no pauses where nothing is absent', () => {
    expect(judge([])).toEqual([]);
  });
});

test.each([
  ['1d', hours.calendar],
  ['1w', hours.calendar],
  ['ticks', hours.calendar],
  ['1h', { ...hours.calendar, rhythm: 'weekly' }],
] as const)('nothing is said of %s', (timeframe, calendar) => {
  const absent = days(0, 21).map((day) => bars(day, 5, 7));
  expect(judgeIlliquid({ ...hours, timeframe, calendar }, { start: 0, end: 21 * DAY }, absent)).toEqual([]);
});
