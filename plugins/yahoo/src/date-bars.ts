import { DAY } from './intervals.js';

export type DateTimeframe = '1d' | '1w' | '1mo';

/** The bar that holds a date, and the next: days at 00:00Z, weeks from Monday, months from the 1st. */
export function openOf(timeframe: DateTimeframe, date: number): number {
  if (timeframe === '1mo') return monthOf(date, 0);
  const day = Math.floor(date / DAY) * DAY;
  // 1970-01-01 was a Thursday.
  return timeframe === '1w' ? day - ((((day / DAY + 3) % 7) + 7) % 7) * DAY : day;
}

export function closeOf(timeframe: DateTimeframe, open: number): number {
  if (timeframe === '1mo') return monthOf(open, 1);
  return open + (timeframe === '1w' ? 7 : 1) * DAY;
}

function monthOf(date: number, add: number): number {
  const at = new Date(date);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + add, 1);
}

/** Reads the date that a zone's calendar shows at an instant, as 00:00Z of that date. Throws for an unknown zone. */
export function makeDateReader(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => {
    const [month, day, year] = format.format(instant).split('/').map(Number) as [number, number, number];
    return Date.UTC(year, month - 1, day);
  };
}
