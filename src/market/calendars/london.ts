import { DAY } from '../timeframe.js';
import { christmasAndBoxing } from './christmas.js';
import { dateOf, lastOf, MONDAY, nth, orFriday, orMonday } from './dates.js';
import { easterOf } from './easter.js';
import { createExchange } from './exchange.js';

/** Bank holidays that a year moved to another day, and where to. */
const MOVED_EARLY_MAY: Readonly<Record<number, string>> = {
  1995: '1995-05-08', // fifty years since the war
  2020: '2020-05-08', // seventy-five
};
const MOVED_SPRING: Readonly<Record<number, string>> = {
  2002: '2002-06-04', // the Queen's jubilees, each with a day more
  2012: '2012-06-04',
  2022: '2022-06-02',
};

/** SETS; dates since 1990, hours since 2000. The closing auction of five minutes is not counted in. */
export const XLON = createExchange({
  id: 'XLON',
  zone: 'Europe/London',
  known: ['1990-01-01', '2036-01-01'],
  hours: [
    { since: '1986-10-27', open: '08:30', close: '16:30' },
    { since: '1998-07-20', open: '09:00', close: '16:30' },
    { since: '1999-09-20', open: '08:00', close: '16:30' },
  ],
  holidays: (year) => {
    const easter = easterOf(year);
    return [
      orMonday(dateOf(year, 1, 1)),
      easter - 2 * DAY,
      easter + DAY,
      readDate(MOVED_EARLY_MAY[year]) ?? nth(1, MONDAY, year, 5),
      readDate(MOVED_SPRING[year]) ?? lastOf(MONDAY, year, 5),
      lastOf(MONDAY, year, 8),
      ...christmasAndBoxing(year),
    ];
  },
  closures: [
    '1999-12-31', // the eve of the millennium
    '2002-06-03', // golden jubilee
    '2011-04-29', // a royal wedding
    '2012-06-05', // diamond jubilee
    '2022-06-03', // platinum jubilee
    '2022-09-19', // the Queen's funeral
    '2023-05-08', // the King's coronation
  ],
  // Days on which the machines failed.
  oddDays: [
    ['2000-04-05', { open: '15:45', close: '20:00' }],
    ['2008-09-08', { pause: ['09:15', '16:00'] }],
    ['2009-11-26', { pause: ['10:33', '14:00'] }],
    ['2011-02-25', { open: '12:15' }],
    ['2018-06-07', { open: '09:00' }],
    ['2019-08-16', { open: '09:40' }],
  ],
  shortDays: (year) => [
    [orFriday(dateOf(year, 12, 24)), { close: '12:30' }],
    [orFriday(dateOf(year, 12, 31)), { close: '12:30' }],
  ],
});

function readDate(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date);
}
