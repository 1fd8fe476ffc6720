import { DAY } from '../timeframe.js';
import { christmasAndBoxing } from './christmas.js';
import { dateOf, MONDAY, nth, onOrBefore, orMonday } from './dates.js';
import { easterOf } from './easter.js';
import { createExchange } from './exchange.js';

/** Dates since 1990, hours since 2010: before, Christmas Eve is taken for a whole day. */
export const XTSE = createExchange({
  id: 'XTSE',
  zone: 'America/Toronto',
  known: ['1990-01-01', '2036-01-01'],
  hours: [{ since: '1990-01-01', open: '09:30', close: '16:00' }],
  holidays: (year) => [
    orMonday(dateOf(year, 1, 1)),
    ...(year >= 2008 ? [nth(3, MONDAY, year, 2)] : []),
    easterOf(year) - 2 * DAY,
    onOrBefore(MONDAY, dateOf(year, 5, 24)),
    orMonday(dateOf(year, 7, 1)),
    nth(1, MONDAY, year, 8),
    nth(1, MONDAY, year, 9),
    nth(2, MONDAY, year, 10),
    ...christmasAndBoxing(year),
  ],
  // On the first of the two, trading stopped within the first hours.
  closures: ['2001-09-11', '2001-09-12'],
  shortDays: (year) => (year >= 2010 ? [[dateOf(year, 12, 24), { close: '13:00' }]] : []),
});
