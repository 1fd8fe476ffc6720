import { DAY } from '../timeframe.js';
import { dateOf, lastOf, MONDAY, SUNDAY, weekdayOf } from './dates.js';
import { easterOf } from './easter.js';
import { LUNAR_DAYS } from './lunar-days.js';

/** The Monday of the Queen's birthday, which the governor chose. */
const QUEENS_BIRTHDAY: Readonly<Record<number, string>> = {
  1990: '1990-06-18',
  1991: '1991-06-17',
  1992: '1992-06-15',
  1993: '1993-06-14',
  1994: '1994-06-13',
  1995: '1995-06-19',
  1996: '1996-06-17',
  1997: '1997-06-30',
};

/** Hong Kong's general holidays since 1990. Years without their lunar days lack those. */
export function findHongKongHolidays(year: number): readonly number[] {
  const easter = easterOf(year);
  const taken = new Set([easter - 2 * DAY, easter - DAY, easter + DAY]);
  // One on a Sunday, or on another, is had on the next day that is neither.
  for (const wanted of findWanted(year)) {
    let day = wanted;
    while (weekdayOf(day) === SUNDAY || taken.has(day)) day += DAY;
    taken.add(day);
  }
  return [...taken];
}

function findWanted(year: number): readonly number[] {
  const on = (month: number, day: number): number => dateOf(year, month, day);
  const days = [on(1, 1)];
  const lunar = LUNAR_DAYS[year];
  if (lunar !== undefined) {
    const [newYear, buddha, tuenNg, midAutumn, chungYeung] = lunar.map((day) => Date.parse(`${year}-${day}`)) as Five;
    days.push(...findLunarNewYear(year, newYear), on(4, findChingMing(year)));
    days.push(...(QUEENS_BIRTHDAY[year] === undefined ? [] : [Date.parse(QUEENS_BIRTHDAY[year])]));
    if (year >= 1999) days.push(buddha);
    days.push(tuenNg, ...findNational(year), findDayAfter(year, midAutumn), chungYeung);
  } else days.push(on(4, findChingMing(year)), ...findNational(year));
  if (year >= 1999) days.push(on(5, 1));
  if (year <= 1996) days.push(lastOf(MONDAY, year, 8));
  return [...days, on(12, 25), on(12, 26)];
}

type Five = [number, number, number, number, number];

/** Three days. When one was a Sunday, it was had on the eve of the first until 2011, and on the fourth since. */
function findLunarNewYear(year: number, first: number): readonly number[] {
  const days = [first, first + DAY, first + 2 * DAY];
  if (year >= 2012 || !days.some((day) => weekdayOf(day) === SUNDAY)) return days;
  return [first - DAY, ...days.filter((day) => weekdayOf(day) !== SUNDAY)];
}

/** The day after Mid-Autumn; until 2011, when that was a Sunday, Mid-Autumn itself. */
function findDayAfter(year: number, midAutumn: number): number {
  return year < 2012 && weekdayOf(midAutumn + DAY) === SUNDAY ? midAutumn : midAutumn + DAY;
}

function findNational(year: number): readonly number[] {
  if (year < 1997) return [];
  const days = [dateOf(year, 7, 1), dateOf(year, 10, 1)];
  if (year === 1997) days.push(dateOf(year, 7, 2));
  // Victory in the war against Japan, and a second National Day, in the first two years.
  if (year <= 1998) days.push(Date.parse(year === 1997 ? '1997-08-18' : '1998-08-17'), dateOf(year, 10, 2));
  return days;
}

/** The day of April on which the sun has gone fifteen degrees from the equinox, by China's clocks; good for 1901 to 2099. */
function findChingMing(year: number): number {
  const years = year % 100;
  const in0 = year < 2000 ? 5.59 : 4.81;
  return Math.floor(0.2422 * years + in0) - Math.floor(years / 4);
}
