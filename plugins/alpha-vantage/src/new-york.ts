const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The date that New York's calendar shows, as 00:00Z of that date. */
export function dateIn(instant: number): number {
  const [month, day, year] = format.format(instant).split('/').map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, day);
}

/** The next instant at which the day changes in New York, and the day's allowance begins anew. */
export function nextMidnight(instant: number): number {
  const tomorrow = dateIn(instant) + DAY;
  const inSummer = tomorrow + 4 * HOUR;
  return dateIn(inSummer) === tomorrow ? inSummer : tomorrow + 5 * HOUR;
}
