import { describe, expect, test } from '@jest/globals';
import { christmasAndBoxing } from '../../../src/market/calendars/christmas.js';
import {
  dateOf,
  FRIDAY,
  isWeekend,
  lastOf,
  MONDAY,
  nth,
  onOrAfter,
  onOrBefore,
  orFriday,
  orMonday,
  orNearestWeekday,
  SUNDAY,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
  weekdayOf,
} from '../../../src/market/calendars/dates.js';

const day = (date: number): string => new Date(date).toISOString().slice(0, 10);
const at = (date: string): number => Date.parse(date);

// The week of 2024-06-10, a Monday, and one before the epoch, whose days have negative numbers.
const WEEKS = ['2024-06-10', '1962-06-11'];

describe.each(WEEKS)('the week of %s', (monday) => {
  const dates = Array.from({ length: 7 }, (_, i) => at(monday) + i * 86_400_000);
  const [mo, , , , fr, sa, su] = dates as [number, number, number, number, number, number, number];

  test('has its weekdays', () => {
    expect(dates.map(weekdayOf)).toEqual([MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, 6, SUNDAY]);
    expect(dates.map(isWeekend)).toEqual([false, false, false, false, false, true, true]);
  });

  test('has each weekday once from any of its days on, and once before', () => {
    for (const [i, date] of dates.entries()) {
      expect(onOrAfter(weekdayOf(date), mo)).toBe(date);
      expect(onOrBefore(weekdayOf(date), su)).toBe(date);
      expect(onOrAfter(weekdayOf(date), date)).toBe(date);
      expect(onOrBefore(weekdayOf(date), date)).toBe(date);
      if (i > 0) expect(onOrAfter(MONDAY, date)).toBe(mo + 7 * 86_400_000);
      if (i < 6) expect(onOrBefore(SUNDAY, date)).toBe(su - 7 * 86_400_000);
    }
  });

  test('gives what falls on its end to a weekday', () => {
    const next = mo + 7 * 86_400_000;
    expect([mo, fr, sa, su].map(orMonday)).toEqual([mo, fr, next, next]);
    expect([mo, fr, sa, su].map(orFriday)).toEqual([mo, fr, fr, fr]);
    expect([mo, fr, sa, su].map(orNearestWeekday)).toEqual([mo, fr, fr, next]);
  });
});

test('a month has its first, third and last of a weekday', () => {
  expect(day(nth(1, MONDAY, 2024, 7))).toBe('2024-07-01');
  expect(day(nth(3, MONDAY, 2024, 1))).toBe('2024-01-15');
  expect(day(nth(4, THURSDAY, 2024, 11))).toBe('2024-11-28');
  expect(day(lastOf(MONDAY, 2024, 5))).toBe('2024-05-27');
  expect(day(lastOf(FRIDAY, 2024, 5))).toBe('2024-05-31');
  expect(day(lastOf(MONDAY, 2024, 12))).toBe('2024-12-30');
  expect(day(dateOf(2024, 2, 29))).toBe('2024-02-29');
});

test.each([
  [2024, '12-25 12-26'],
  [2020, '12-25 12-26 12-28'],
  [2021, '12-25 12-26 12-27 12-28'],
  [2022, '12-25 12-26 12-27'],
])('Christmas of %d and what is had for it: %s', (year, days) => {
  expect(
    christmasAndBoxing(year)
      .map((date) => day(date).slice(5))
      .join(' '),
  ).toBe(days);
});
