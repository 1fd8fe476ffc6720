import { DAY } from './steps.js';

const ONE_OFFS = [
  '1994-04-27', // mourning for Nixon
  '2001-09-11',
  '2001-09-12',
  '2001-09-13',
  '2001-09-14',
  '2004-06-11', // mourning for Reagan
  '2007-01-02', // mourning for Ford
  '2012-10-29', // Hurricane Sandy
  '2012-10-30',
  '2018-12-05', // mourning for Bush
  '2025-01-09', // mourning for Carter
];

const SATURDAY = 6;
const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;

/** The weekdays of a year on which New York does not trade: midnights UTC. */
export function findHolidays(year: number): ReadonlySet<number> {
  const days = new Set<number>();
  const newYear = Date.UTC(year, 0, 1);
  // A New Year's Day on a Saturday is not made up for: the Friday belongs to the old year's books.
  if (weekday(newYear) !== SATURDAY) days.add(observe(newYear));
  if (year >= 1998) days.add(nth(year, 0, MONDAY, 3));
  days.add(nth(year, 1, MONDAY, 3));
  days.add(easterOf(year) - 2 * DAY);
  days.add(last(year, 4, MONDAY));
  if (year >= 2022) days.add(observe(Date.UTC(year, 5, 19)));
  days.add(observe(Date.UTC(year, 6, 4)));
  days.add(nth(year, 8, MONDAY, 1));
  days.add(nth(year, 10, THURSDAY, 4));
  days.add(observe(Date.UTC(year, 11, 25)));
  for (const day of ONE_OFFS) if (day.startsWith(`${year}-`)) days.add(Date.parse(day));
  return days;
}

/** The days that end at 13:00: after Thanksgiving, Christmas Eve, and the eve of Independence Day. */
export function findHalfDays(year: number): ReadonlySet<number> {
  const closed = findHolidays(year);
  const candidates = [Date.UTC(year, 11, 24), Date.UTC(year, 6, 3)];
  if (year >= 1992) candidates.push(nth(year, 10, THURSDAY, 4) + DAY);
  const trades = (day: number): boolean => !closed.has(day) && ![SATURDAY, SUNDAY].includes(weekday(day));
  return new Set(candidates.filter(trades));
}

export function weekday(day: number): number {
  return new Date(day).getUTCDay();
}

function observe(day: number): number {
  if (weekday(day) === SATURDAY) return day - DAY;
  return weekday(day) === SUNDAY ? day + DAY : day;
}

function nth(year: number, month: number, dayOfWeek: number, count: number): number {
  const first = Date.UTC(year, month, 1);
  return first + (((dayOfWeek - weekday(first) + 7) % 7) + 7 * (count - 1)) * DAY;
}

function last(year: number, month: number, dayOfWeek: number): number {
  const end = Date.UTC(year, month + 1, 0);
  return end - ((weekday(end) - dayOfWeek + 7) % 7) * DAY;
}

/** The Gregorian reckoning of Meeus, Jones and Butcher. */
function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1);
}
