import { fromNewYork } from './new-york.js';
import { DAY, HOUR } from './steps.js';

const SUNDAY = 3 * DAY;
const WEEK = 7 * DAY;
const FIVE = 17 * HOUR;

/** The weeks in which currencies trade: from Sunday to Friday, 17:00 in New York. */
export function findFxWeeks(start: number, end: number): readonly { readonly start: number; readonly end: number }[] {
  const weeks = [];
  for (let sunday = Math.floor((start - SUNDAY) / WEEK) * WEEK + SUNDAY; sunday < end; sunday += WEEK) {
    const week = { start: fromNewYork(sunday + FIVE), end: fromNewYork(sunday + 5 * DAY + FIVE) };
    if (week.end > start && week.start < end) weeks.push(week);
  }
  return weeks;
}
