import { DAY } from '../timeframe.js';

/** A date is 00:00 UTC of that date, in milliseconds, wherever the exchange is. */

export const SUNDAY = 0;
export const MONDAY = 1;
export const TUESDAY = 2;
export const WEDNESDAY = 3;
export const THURSDAY = 4;
export const FRIDAY = 5;
const SATURDAY = 6;

/** Months count from 1. Only for years of four figures: Date.UTC takes 99 for 1999. */
export function dateOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

export function weekdayOf(date: number): number {
  return (((date / DAY + THURSDAY) % 7) + 7) % 7;
}

export function isWeekend(date: number): boolean {
  return weekdayOf(date) % SATURDAY === 0;
}

/** The first such weekday on the date or after it. */
export function onOrAfter(weekday: number, date: number): number {
  return date + ((weekday - weekdayOf(date) + 7) % 7) * DAY;
}

/** The last such weekday on the date or before it. */
export function onOrBefore(weekday: number, date: number): number {
  return date - ((weekdayOf(date) - weekday + 7) % 7) * DAY;
}

/** The third Monday of January: `nth(3, MONDAY, year, 1)`. */
export function nth(count: number, weekday: number, year: number, month: number): number {
  return onOrAfter(weekday, dateOf(year, month, 1)) + (count - 1) * 7 * DAY;
}

export function lastOf(weekday: number, year: number, month: number): number {
  return onOrBefore(weekday, dateOf(year, month + 1, 0));
}

/** A holiday at the weekend is had on the Monday after. */
export function orMonday(date: number): number {
  return isWeekend(date) ? onOrAfter(MONDAY, date) : date;
}

/** A Saturday's holiday is had on Friday, a Sunday's on Monday. */
export function orNearestWeekday(date: number): number {
  if (weekdayOf(date) === SATURDAY) return date - DAY;
  return weekdayOf(date) === SUNDAY ? date + DAY : date;
}

/** The last weekday (Monday to Friday) on the date or before it. */
export function orFriday(date: number): number {
  return isWeekend(date) ? onOrBefore(FRIDAY, date) : date;
}
