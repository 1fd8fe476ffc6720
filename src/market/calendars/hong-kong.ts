import { DAY } from '../timeframe.js';
import { dateOf } from './dates.js';
import { createExchange, type ShortDay, type ShortHours } from './exchange.js';
import { findHongKongHolidays } from './hong-kong-holidays.js';
import { LUNAR_DAYS } from './lunar-days.js';

/**
 * Typhoons and rainstorms that took the morning, or the end of the day; since 23 September 2024 the exchange trades
 * through them. Those before 2008 that took a part of a day are not here.
 */
const STORMS: readonly (readonly [string, ShortHours])[] = [
  ['2008-06-25', { open: '14:30' }],
  ['2009-09-15', { open: '14:30' }],
  ['2012-07-24', { open: '13:00' }],
  ['2013-05-22', { open: '13:00' }],
  ['2013-09-23', { open: '13:00' }],
  ['2014-09-16', { open: '13:00' }],
  ['2019-07-31', { close: '13:55' }],
  ['2019-08-01', { open: '13:00' }],
  ['2020-08-19', { open: '13:00' }],
  ['2021-06-28', { open: '13:30' }],
  ['2022-08-25', { open: '13:00' }],
  ['2022-11-02', { close: '13:55' }],
  ['2023-10-09', { open: '14:00' }],
];

/** Dates since 1990, hours since 2008. */
export const XHKG = createExchange({
  id: 'XHKG',
  zone: 'Asia/Hong_Kong',
  known: ['1990-01-01', '2036-01-01'],
  hours: [
    { since: '1990-01-01', open: '10:00', close: '16:00', lunch: ['12:30', '14:30'] },
    { since: '2011-03-07', open: '09:30', close: '16:00', lunch: ['12:00', '13:30'] },
    { since: '2012-03-05', open: '09:30', close: '16:00', lunch: ['12:00', '13:00'] },
  ],
  holidays: findHongKongHolidays,
  closures: [
    '1992-07-22', // typhoons, by their names: Faye
    '1993-09-17', // Becky
    '1999-09-16', // York
    '1999-12-31', // for fear of the clocks
    '2001-07-06', // Utor
    '2001-07-25', // Yutu
    '2008-08-06', // Kammuri
    '2008-08-22', // Nuri
    '2011-09-29', // Nesat
    '2013-08-14', // Utor again
    '2015-09-03', // seventy years since the war
    '2016-08-02', // Nida
    '2016-10-21', // Haima
    '2017-08-23', // Hato
    '2020-10-13', // Nangka
    '2021-10-13', // Kompasu
    '2023-07-17', // Talim
    '2023-09-01', // Saola
    '2023-09-08', // the heaviest rain ever measured
    '2024-09-06', // Yagi
  ],
  // Mornings alone, on the eves of both new years and of Christmas.
  shortDays: (year) => {
    const days: ShortDay[] = [dateOf(year, 12, 24), dateOf(year, 12, 31)].map((day) => [day, findNoon(day)]);
    const newYear = LUNAR_DAYS[year]?.[0];
    if (newYear !== undefined) {
      const eve = Date.parse(`${year}-${newYear}`) - DAY;
      days.push([eve, findNoon(eve)]);
    }
    return days;
  },
  oddDays: STORMS,
});

function findNoon(date: number): ShortHours {
  return { close: date < Date.parse('2011-03-07') ? '12:30' : '12:00' };
}
