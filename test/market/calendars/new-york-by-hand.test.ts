import { describe, expect, test } from '@jest/globals';
import { datesOf, hoursOn, sessionsOf, showDate } from './sessions-of.js';

const DAY = 86_400_000;

/** Days without trading that no rule foretells, 1990 to 2025. */
const UNFORESEEN = new Set([
  '1994-04-27', // Nixon's funeral
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'],
  '2004-06-11', // Reagan's funeral
  '2007-01-02', // Ford's funeral
  ...['2012-10-29', '2012-10-30'], // Sandy
  '2018-12-05', // the elder Bush's funeral
  '2025-01-09', // Carter's funeral
]);

/** The rules as the exchange words them, asked of one day after the other: no list of holidays, no arithmetic of weeks. */
function isHoliday(at: number): boolean {
  const date = new Date(at);
  const [year, month, day, weekday] = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCDay(),
  ];
  const isMonday = weekday === 1;
  const count = Math.ceil(day / 7);
  const isLast = new Date(at + 7 * DAY).getUTCMonth() + 1 !== month;
  /** On the day itself, the Friday before a Saturday, the Monday after a Sunday. */
  const isHad = (m: number, d: number): boolean =>
    (month === m && day === d) ||
    (weekday === 5 && showDate(at + DAY).endsWith(show(m, d))) ||
    (isMonday && showDate(at - DAY).endsWith(show(m, d)));
  return (
    // New Year's Day on a Saturday is not made up for: the Friday closes the year's books.
    (isHad(1, 1) && !(month === 12 && day === 31)) ||
    (year >= 1998 && month === 1 && isMonday && count === 3) || // Martin Luther King
    (month === 2 && isMonday && count === 3) || // Washington
    at === easterByGauss(year) - 2 * DAY || // Good Friday
    (month === 5 && isMonday && isLast) || // Memorial Day
    (year >= 2022 && isHad(6, 19)) || // Juneteenth
    isHad(7, 4) ||
    (month === 9 && isMonday && count === 1) || // Labor Day
    (month === 11 && weekday === 4 && count === 4) || // Thanksgiving
    isHad(12, 25)
  );
}

function show(month: number, day: number): string {
  return `-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Gauss' rule with its two exceptions, for 1900 to 2099; the calendar itself counts by Knuth. */
function easterByGauss(year: number): number {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
  const isLate = (d === 29 && e === 6) || (d === 28 && e === 6 && (11 * 25 + 11) % 30 < 19 && year % 19 > 10);
  return Date.UTC(year, 2, 22 + d + e - (isLate ? 7 : 0));
}

test('every session from 1990 to 2035, derived a second time', () => {
  for (let year = 1990; year <= 2035; year++) {
    const dates: string[] = [];
    for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
      const isOpen = new Date(day).getUTCDay() % 6 !== 0 && !isHoliday(day) && !UNFORESEEN.has(showDate(day));
      if (isOpen) dates.push(showDate(day));
    }
    expect(datesOf('XNYS', year)).toEqual(dates);
  }
});

/** All days that ended early by plan, 1990 to 2025; 13:00, and 14:00 until 1992. */
const EARLY = `
1990-12-24 1991-12-24 1992-11-27 1992-12-24 1993-11-26 1994-11-25 1995-07-03 1995-11-24 1996-07-05 1996-11-29
1996-12-24 1997-07-03 1997-11-28 1997-12-24 1997-12-26 1998-11-27 1998-12-24 1999-11-26 2000-07-03 2000-11-24
2001-07-03 2001-11-23 2001-12-24 2002-07-05 2002-11-29 2002-12-24 2003-07-03 2003-11-28 2003-12-24 2003-12-26
2004-11-26 2005-11-25 2006-07-03 2006-11-24 2007-07-03 2007-11-23 2007-12-24 2008-07-03 2008-11-28 2008-12-24
2009-11-27 2009-12-24 2010-11-26 2011-11-25 2012-07-03 2012-11-23 2012-12-24 2013-07-03 2013-11-29 2013-12-24
2014-07-03 2014-11-28 2014-12-24 2015-11-27 2015-12-24 2016-11-25 2017-07-03 2017-11-24 2018-07-03 2018-11-23
2018-12-24 2019-07-03 2019-11-29 2019-12-24 2020-11-27 2020-12-24 2021-11-26 2022-11-25 2023-07-03 2023-11-24
2024-07-03 2024-11-29 2024-12-24 2025-07-03 2025-11-28 2025-12-24`
  .trim()
  .split(/\s+/);

/** Days that no plan foresaw: snow, the circuit breakers, an anniversary, machines. Hours by UTC. */
const ODD: Readonly<Record<string, string>> = {
  '1994-02-11': '14:30-19:30',
  '1995-12-18': '15:30-21:00',
  '1996-01-08': '16:00-19:00',
  '1997-10-27': '14:30-20:30',
  '2002-09-11': '16:00-20:00',
  '2005-06-01': '13:30-19:56',
};

describe('hours', () => {
  test('every day that was not of the usual length, from 1990 to 2025', () => {
    const found: string[] = [];
    for (let year = 1990; year <= 2025; year++) {
      const odd = sessionsOf('XNYS', year).filter(({ open, close }) => close - open !== 6.5 * 3_600_000);
      found.push(...odd.map(({ date }) => showDate(date)));
    }
    expect(found).toEqual([...EARLY, ...Object.keys(ODD)].sort());
  });

  test.each(EARLY)('%s ended early', (date) => {
    // In July New York is four hours behind, in November and December five.
    const [open, close] = date.slice(5, 7) === '07' ? ['13:30', 17] : ['14:30', 18];
    expect(hoursOn('XNYS', date)).toBe(`${open}-${date < '1993' ? close + 1 : close}:00`);
    expect(hoursOn('XNAS', date)).toBe(hoursOn('XNYS', date));
  });

  test.each(Object.entries(ODD))('%s kept %s', (date, hours) => {
    expect(hoursOn('XNYS', date)).toBe(hours);
  });

  test('Nasdaq stood still for three hours on 22 August 2013', () => {
    expect(hoursOn('XNAS', '2013-08-22')).toBe('13:30-16:20 19:25-20:00');
    expect(hoursOn('XNYS', '2013-08-22')).toBe('13:30-20:00');
  });
});
