import { DAY } from '../../market/timeframe.js';

/** A year in one line: 53 cells of seven days from 1 January, the last one a day or two long. */
export const WEEKS = 53;
const WEEK = 7 * DAY;
const BLOCKS = ' ▁▂▃▄▅▆▇█';
const ASCII = ' .:-=+*%#';
const MONTHS = 'JFMAMJJASOND';

function weekOf(instant: number, yearStart: number): number {
  return Math.floor((instant - yearStart) / WEEK);
}

export function weekRange(year: number, week: number): { readonly start: number; readonly end: number } {
  const yearStart = Date.UTC(year, 0, 1);
  const start = yearStart + week * WEEK;
  return { start, end: Math.min(start + WEEK, Date.UTC(year + 1, 0, 1)) };
}

/** Initials of the months, each above the week its first day falls in. */
export function monthRuler(year: number): string {
  const cells: string[] = new Array(WEEKS).fill(' ');
  for (let month = 0; month < 12; month++) {
    cells[weekOf(Date.UTC(year, month, 1), Date.UTC(year, 0, 1))] = MONTHS[month] as string;
  }
  return cells.join('');
}

/** Only what is whole looks full and only what is empty looks empty: rounding never hides a hole or a bar. */
export function renderStrip(shares: readonly number[], unicode = true): string {
  const ramp = unicode ? BLOCKS : ASCII;
  return shares
    .map((share) => {
      if (!(share > 0)) return ramp[0];
      return share >= 1 ? ramp[8] : ramp[Math.max(1, Math.min(7, Math.floor(share * 8)))];
    })
    .join('');
}

export function stripLegend(unicode = true): string {
  const ramp = unicode ? BLOCKS : ASCII;
  return `${ramp[1]} little  ${ramp[4]} half  ${ramp[8]} all`;
}
