import { DAY } from '../timeframe.js';
import { dateOf, isWeekend } from './dates.js';

/** Christmas and Boxing Day, and the next weekdays for what of them falls on a weekend. */
export function christmasAndBoxing(year: number): readonly number[] {
  const days = [dateOf(year, 12, 25), dateOf(year, 12, 26)];
  for (const day of [...days]) {
    if (!isWeekend(day)) continue;
    let next = day + DAY;
    while (isWeekend(next) || days.includes(next)) next += DAY;
    days.push(next);
  }
  return days;
}
