import { DAY } from '../timeframe.js';
import { dateOf } from './dates.js';
import { easterOf } from './easter.js';
import { createExchange, type ExchangeRules } from './exchange.js';

/**
 * Xetra's hours and days, under its own code and under Frankfurt's, by which most people mean it. The floor in
 * Frankfurt, open from 8:00 until late, has bars besides: they are kept, and never missed.
 */
const RULES: ExchangeRules = {
  id: 'XETR',
  zone: 'Europe/Berlin',
  known: ['2002-01-01', '2036-01-01'],
  hours: [
    { since: '1997-11-28', open: '08:30', close: '17:00' },
    { since: '1999-09-20', open: '09:00', close: '17:30' },
    { since: '2000-06-02', open: '09:00', close: '20:00' },
    { since: '2003-11-03', open: '09:00', close: '17:30' },
  ],
  holidays: (year) => {
    const easter = easterOf(year);
    const days = [
      dateOf(year, 1, 1),
      easter - 2 * DAY,
      easter + DAY,
      dateOf(year, 5, 1),
      ...[24, 25, 26, 31].map((day) => dateOf(year, 12, day)),
    ];
    if (year === 2007 || (year >= 2015 && year <= 2021)) days.push(easter + 50 * DAY);
    if (year >= 2014 && year <= 2021) days.push(dateOf(year, 10, 3));
    return days;
  },
  closures: ['2017-10-31'], // five hundred years of the Reformation
  shortDays: (year, isOpen) => {
    if (year < 2010) return [];
    let last = dateOf(year, 12, 30);
    while (!isOpen(last)) last -= DAY;
    return [[last, { close: '14:00' }]];
  },
};

export const XETR = createExchange(RULES);
export const XFRA = createExchange({ ...RULES, id: 'XFRA' });
