import { DAY } from '../timeframe.js';
import { christmasAndBoxing } from './christmas.js';
import { dateOf, MONDAY, nth, onOrAfter, orFriday, orMonday } from './dates.js';
import { easterOf } from './easter.js';
import { createExchange } from './exchange.js';

/** Dates since 1994; hours since 2010. Shares open one after the other within ten minutes; the auction is not counted in. */
export const XASX = createExchange({
  id: 'XASX',
  zone: 'Australia/Sydney',
  known: ['1994-01-01', '2036-01-01'],
  hours: [{ since: '1990-01-01', open: '10:00', close: '16:00' }],
  holidays: (year) => {
    const easter = easterOf(year);
    return [
      orMonday(dateOf(year, 1, 1)),
      // Once a long weekend wherever it fell.
      year < 1993 ? onOrAfter(MONDAY, dateOf(year, 1, 26)) : orMonday(dateOf(year, 1, 26)),
      easter - 2 * DAY,
      easter + DAY,
      // On a weekend nobody makes up for it.
      dateOf(year, 4, 25),
      nth(2, MONDAY, year, 6),
      ...christmasAndBoxing(year),
    ];
  },
  closures: [
    '1990-12-31',
    '1999-12-31', // for fear of the clocks
    '2010-04-26', // Anzac Day fell on a Sunday, that year made up for
    '2011-04-26', // and the next year on Easter Monday
    '2022-09-22', // mourning for the Queen
  ],
  // Days on which the machines failed, and the exchange gave up.
  oddDays: [
    ['2016-09-19', { open: '11:30', close: '14:05' }],
    ['2020-11-16', { close: '10:24' }],
  ],
  // In 2022 both days went on to the usual hour.
  shortDays: (year) =>
    year < 2010 || year === 2022
      ? []
      : [
          [orFriday(dateOf(year, 12, 24)), { close: '14:10' }],
          [orFriday(dateOf(year, 12, 31)), { close: '14:10' }],
        ],
});
