import { startOfMonth } from './range.js';
import { DAY } from './timeframe.js';

/** A length of time as people say it: months and years are the calendar's, not so many days. */
export interface Age {
  readonly count: number;
  readonly unit: 'h' | 'd' | 'w' | 'mo' | 'y';
}

const LENGTHS = { h: DAY / 24, d: DAY, w: 7 * DAY } as const;

/** `90d`, `12w`, `6mo`, `2y`, `36h`; undefined where it is none. A bare `m` could be minutes or months, and is none. */
export function parseAge(text: string): Age | undefined {
  const match = /^(\d{1,5})\s*(h|d|w|mo|y)$/.exec(text.trim());
  return match === null ? undefined : { count: Number(match[1]), unit: match[2] as Age['unit'] };
}

/** The instant so long before; a day that the month lacks is the month's last: a month before 31 March is 28 February. */
export function instantBefore(instant: number, { count, unit }: Age): number {
  if (unit !== 'mo' && unit !== 'y') return instant - count * LENGTHS[unit];
  const date = new Date(instant);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - count * (unit === 'y' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const first = startOfMonth(year, month);
  const days = Math.round((startOfMonth(year, month + 1) - first) / DAY);
  return first + (Math.min(date.getUTCDate(), days) - 1) * DAY + (((instant % DAY) + DAY) % DAY);
}
