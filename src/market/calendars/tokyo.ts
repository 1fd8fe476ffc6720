import { DAY } from '../timeframe.js';
import { dateOf } from './dates.js';
import { createExchange, type ShortDay } from './exchange.js';
import { findJapaneseHolidays } from './japanese-holidays.js';

/** Dates and hours since 1990. */
export const XTKS = createExchange({
  id: 'XTKS',
  zone: 'Asia/Tokyo',
  known: ['1990-01-01', '2036-01-01'],
  hours: [
    { since: '1989-02-01', open: '09:00', close: '15:00', lunch: ['11:00', '13:00'] },
    { since: '1991-04-30', open: '09:00', close: '15:00', lunch: ['11:00', '12:30'] },
    // The machines could not keep up, and had half an hour less.
    { since: '2006-01-19', open: '09:00', close: '15:00', lunch: ['11:00', '13:00'] },
    { since: '2006-04-24', open: '09:00', close: '15:00', lunch: ['11:00', '12:30'] },
    { since: '2011-11-21', open: '09:00', close: '15:00', lunch: ['11:30', '12:30'] },
    { since: '2024-11-05', open: '09:00', close: '15:30', lunch: ['11:30', '12:30'] },
  ],
  holidays: (year) => [...findJapaneseHolidays(year), dateOf(year, 1, 2), dateOf(year, 1, 3), dateOf(year, 12, 31)],
  closures: ['2020-10-01'], // the machines stood still, and for the whole day
  shortDays: (year, isOpen) => {
    const days: ShortDay[] = [];
    // Mornings alone: the year's first session until 2009, its last until 2008.
    let first = dateOf(year, 1, 4);
    while (!isOpen(first)) first += DAY;
    if (year <= 2009) days.push([first, { close: '11:00' }]);
    let last = dateOf(year, 12, 30);
    while (!isOpen(last)) last -= DAY;
    if (year <= 2008) days.push([last, { close: '11:00' }]);
    return days;
  },
  oddDays: [
    ['2005-11-01', { open: '13:30' }], // the machines failed
    ['2006-01-18', { close: '14:40' }], // more orders than they could take
  ],
});
