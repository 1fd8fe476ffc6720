import { expect, test } from '@jest/globals';
import { ALWAYS_OPEN } from '../../src/market/calendar.js';
import { findCalendar } from '../../src/market/calendars.js';
import { tradedWithin } from '../../src/market/traded.js';

const range = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) });
const calendarOf = (id: string) => findCalendar(id) ?? ALWAYS_OPEN;

test('a market that never closes trades in all of a range', () => {
  const whole = range('2024-01-05T12:00Z', '2024-01-09');
  expect(tradedWithin(ALWAYS_OPEN, whole)).toEqual([whole]);
});

test('a weekend is cut out, and what lies wholly in it is nothing', () => {
  expect(tradedWithin(calendarOf('fx'), range('2024-01-05T12:00Z', '2024-01-09'))).toEqual([
    range('2024-01-05T12:00Z', '2024-01-05T22:00Z'),
    range('2024-01-07T22:00Z', '2024-01-09'),
  ]);
  expect(tradedWithin(calendarOf('fx'), range('2024-01-06', '2024-01-07'))).toEqual([]);
});

test('a break within a session is cut out too', () => {
  expect(tradedWithin(calendarOf('XTKS'), range('2024-03-05', '2024-03-05T05:00Z'))).toEqual([
    range('2024-03-05T00:00Z', '2024-03-05T02:30Z'),
    range('2024-03-05T03:30Z', '2024-03-05T05:00Z'),
  ]);
});
