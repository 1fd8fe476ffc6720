import { DAY } from '../timeframe.js';
import {
  dateOf,
  FRIDAY,
  lastOf,
  MONDAY,
  nth,
  orNearestWeekday,
  SUNDAY,
  THURSDAY,
  TUESDAY,
  WEDNESDAY,
  weekdayOf,
} from './dates.js';
import { easterOf } from './easter.js';
import { createExchange, type ExchangeRules, type ShortDay, type ShortHours } from './exchange.js';

const CLOSURES = [
  '1963-11-25', // funeral of Kennedy
  '1968-02-12', // Lincoln's Birthday, that year alone
  '1968-04-09', // mourning for Martin Luther King
  '1968-07-05',
  '1969-02-10', // snow
  '1969-03-31', // funeral of Eisenhower
  '1969-07-21', // the first men on the moon
  '1972-12-28', // mourning for Truman
  '1973-01-25', // mourning for Johnson
  '1977-07-14', // New York without electricity
  '1985-09-27', // Hurricane Gloria
  '1994-04-27', // mourning for Nixon
  '2001-09-11', // the attacks
  '2001-09-12',
  '2001-09-13',
  '2001-09-14',
  '2004-06-11', // mourning for Reagan
  '2007-01-02', // mourning for Ford
  '2012-10-29', // Hurricane Sandy
  '2012-10-30',
  '2018-12-05', // mourning for Bush
  '2025-01-09', // mourning for Carter
];

/** Days of all American exchanges; minutes of silence at the bell are not among them. */
const ODD_DAYS: readonly (readonly [string, ShortHours])[] = [
  ['1994-02-11', { close: '14:30' }], // snow
  ['1996-01-08', { open: '11:00', close: '14:00' }], // snow
  ['1997-10-27', { close: '15:30' }], // the circuit breakers ended the day
  ['1997-12-26', { close: '13:00' }],
  ['2002-09-11', { open: '12:00' }], // the first anniversary of the attacks
  ['2003-12-26', { close: '13:00' }],
];

/** Days on which the machines of one exchange failed; Nasdaq's shares were traded nowhere then. */
const ODD_DAYS_OF_NYSE: typeof ODD_DAYS = [
  ['1995-12-18', { open: '10:30' }],
  ['2005-06-01', { close: '15:56' }],
];

const ODD_DAYS_OF_NASDAQ: typeof ODD_DAYS = [['2013-08-22', { pause: ['12:20', '15:25'] }]];

const RULES: ExchangeRules = {
  id: 'XNYS',
  zone: 'America/New_York',
  // Dates since 1962; hours since 1990: in the sixties paperwork and snow cut many a day short.
  known: ['1962-01-01', '2036-01-01'],
  hours: [
    { since: '1900-01-01', open: '10:00', close: '15:30' },
    { since: '1974-10-01', open: '10:00', close: '16:00' },
    { since: '1985-09-30', open: '09:30', close: '16:00' },
  ],
  holidays: findHolidays,
  closures: CLOSURES,
  shortDays: findShortDays,
};

export const XNYS = createExchange({ ...RULES, oddDays: [...ODD_DAYS, ...ODD_DAYS_OF_NYSE] });
export const XNAS = createExchange({ ...RULES, id: 'XNAS', oddDays: [...ODD_DAYS, ...ODD_DAYS_OF_NASDAQ] });

function findHolidays(year: number): readonly number[] {
  const newYear = dateOf(year, 1, 1);
  const days = [
    // One on a Saturday is not had on Friday, which belongs to the old year's books.
    weekdayOf(newYear) === SUNDAY ? newYear + DAY : newYear,
    year < 1971 ? orNearestWeekday(dateOf(year, 2, 22)) : nth(3, MONDAY, year, 2),
    easterOf(year) - 2 * DAY,
    findMemorialDay(year),
    orNearestWeekday(dateOf(year, 7, 4)),
    nth(1, MONDAY, year, 9),
    nth(4, THURSDAY, year, 11),
    orNearestWeekday(dateOf(year, 12, 25)),
  ];
  if (year >= 1998) days.push(nth(3, MONDAY, year, 1));
  if (year >= 2022) days.push(orNearestWeekday(dateOf(year, 6, 19)));
  if (year <= 1968 || (year <= 1980 && year % 4 === 0)) days.push(nth(1, MONDAY, year, 11) + DAY);
  if (year === 1968) days.push(...findPaperworkDays(days));
  return days;
}

function findMemorialDay(year: number): number {
  if (year >= 1971) return lastOf(MONDAY, year, 5);
  const day = dateOf(year, 5, 30);
  // In 1970 it fell on a Saturday, and nobody made up for it.
  return year === 1970 ? day : orNearestWeekday(day);
}

/** From June to the end of 1968 the brokers did paperwork on Wednesdays, in weeks without another holiday. */
function findPaperworkDays(holidays: readonly number[]): readonly number[] {
  const days: number[] = [];
  for (let day = dateOf(1968, 6, 12); day <= dateOf(1968, 12, 31); day += 7 * DAY) {
    const isFull = !holidays.some((other) => Math.abs(other - day) <= 2 * DAY);
    if (isFull) days.push(day);
  }
  return days;
}

/** The day after Thanksgiving, Christmas Eve, and a day beside Independence Day. */
function findShortDays(year: number): readonly ShortDay[] {
  const days: ShortDay[] = [];
  const early = { close: year < 1993 ? '14:00' : '13:00' };
  if (year >= 1992) days.push([nth(4, THURSDAY, year, 11) + DAY, early]);
  if (year >= 1990) days.push([dateOf(year, 12, 24), early]);
  const independence = dateOf(year, 7, 4);
  const weekday = weekdayOf(independence);
  if (year >= 1995 && [TUESDAY, WEDNESDAY, THURSDAY, FRIDAY].includes(weekday)) {
    // Of a Thursday's holiday it was the Friday after, until 2013.
    const isAfter = weekday === THURSDAY && year < 2013;
    days.push([independence + (isAfter ? DAY : -DAY), early]);
  }
  return days;
}
