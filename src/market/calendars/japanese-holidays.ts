import { DAY } from '../timeframe.js';
import { dateOf, MONDAY, nth, SUNDAY, weekdayOf } from './dates.js';

/** The emperor's family and the games of 2020, held in 2021: days that one year's law made, or moved. */
const SPECIAL: Readonly<Record<number, readonly string[]>> = {
  1990: ['1990-11-12'], // enthronement
  1993: ['1993-06-09'], // the crown prince's wedding
  2019: ['2019-05-01', '2019-10-22'], // accession and enthronement
};
const GAMES: Readonly<Record<number, readonly string[]>> = {
  2020: ['2020-07-23', '2020-07-24', '2020-08-10'],
  2021: ['2021-07-22', '2021-07-23', '2021-08-08'],
};

/** Japan's national holidays since 1989, with the days had for those on Sundays and the days between two of them. */
export function findJapaneseHolidays(year: number): readonly number[] {
  const named = new Set([...findNamedDays(year), ...(SPECIAL[year] ?? []).map((date) => Date.parse(date))]);
  const instead = [...named].flatMap((day) => (weekdayOf(day) === SUNDAY ? [findSubstitute(day, named, year)] : []));
  const between = [...named]
    .map((day) => day + DAY)
    .filter((day) => named.has(day + DAY) && !named.has(day) && weekdayOf(day) !== SUNDAY);
  return [...named, ...instead, ...between];
}

/** The Monday after; since 2007, when that is a holiday itself, the first day that is none. */
function findSubstitute(sunday: number, named: ReadonlySet<number>, year: number): number {
  let day = sunday + DAY;
  while (year >= 2007 && named.has(day)) day += DAY;
  return day;
}

function findNamedDays(year: number): readonly number[] {
  const on = (month: number, day: number): number => dateOf(year, month, day);
  const days = [
    on(1, 1),
    year < 2000 ? on(1, 15) : nth(2, MONDAY, year, 1), // coming of age
    on(2, 11), // foundation
    on(3, findEquinox(year, 20.8431)),
    on(4, 29),
    on(5, 3),
    on(5, 5),
    year < 2003 ? on(9, 15) : nth(3, MONDAY, year, 9), // respect for the aged
    on(9, findEquinox(year, 23.2488)),
    on(11, 3),
    on(11, 23),
  ];
  if (year >= 2007) days.push(on(5, 4)); // until then a holiday by lying between two
  if (year >= 1989 && year <= 2018) days.push(on(12, 23)); // the emperor's birthday
  if (year >= 2020) days.push(on(2, 23));
  const moved = GAMES[year];
  if (moved !== undefined) return [...days, ...moved.map((date) => Date.parse(date))];
  if (year >= 1996) days.push(year < 2003 ? on(7, 20) : nth(3, MONDAY, year, 7)); // the sea
  if (year >= 2016) days.push(on(8, 11)); // the mountains
  days.push(year < 2000 ? on(10, 10) : nth(2, MONDAY, year, 10)); // sports
  return days;
}

/** The day of the month on which the sun crosses the equator by Japan's clocks; good from 1980 to 2099. */
function findEquinox(year: number, in1980: number): number {
  const years = year - 1980;
  return Math.floor(in1980 + 0.242194 * years - Math.floor(years / 4));
}
