import { type Bars, lowerBound } from '../../market/bars.js';
import { ZoneClock } from '../../market/calendars/zone-clock.js';
import { findCalendar } from '../../market/calendars.js';
import { DAY } from '../../market/timeframe.js';
import type { Listing } from '../exchange-zone.js';

const clocks = new Map<string, ZoneClock>();

/** A clock learns its zone's changes year by year: files of one exchange share it. */
function clockOf(zone: string): ZoneClock {
  const clock = clocks.get(zone) ?? new ZoneClock(zone);
  clocks.set(zone, clock);
  return clock;
}

/**
 * Bars of days that some hands stamped with the date and others with the exchange's midnight in UTC: each gets its
 * date. Those of the later hand come last, so that they win where both wrote a day.
 */
export function settleDates(bars: Bars, listing: Listing): Bars {
  const clock = clockOf(listing.zone);
  const time = bars.time.slice();
  const later: number[] = [];
  const earlier: number[] = [];
  for (let row = 0; row < time.length; row++) {
    const stamp = time[row] as number;
    const date = stamp % DAY === 0 ? undefined : dateOfMidnight(stamp, clock);
    if (date === undefined) earlier.push(row);
    else {
      time[row] = date;
      later.push(row);
    }
  }
  return later.length === 0 ? bars : pickRows({ ...bars, time }, [...earlier, ...later]);
}

function dateOfMidnight(instant: number, clock: ZoneClock): number | undefined {
  const before = Math.floor(instant / DAY) * DAY;
  return [before, before + DAY].find((date) => clock.toInstant(date) === instant);
}

/**
 * Stamps of which some are the exchange's wall time and others UTC, all written as if they were UTC. The exchange was
 * open when a bar opened, so most have one reading; the rest of their day follows them. Where a day has both, what
 * could be either is UTC: the later hand had overwritten the earlier one's row of that name.
 */
export function settleEras(bars: Bars, listing: Listing): Bars {
  const clock = clockOf(listing.zone);
  const days = readDays(bars.time, clock, listing);
  const time = new Float64Array(bars.time.length);
  const later: number[] = [];
  const earlier: number[] = [];
  // Days of which nothing can be said follow the day before; those at the beginning the first of which it can.
  let isUtc = [...days.values()].find((day) => day.utc || day.wall)?.utc ?? true;
  for (const day of days.values()) {
    if (day.utc || day.wall) isUtc = day.utc;
    for (const { row, reading } of day.rows) {
      const utc = reading === 'either' ? isUtc : reading === 'utc';
      const stamp = bars.time[row] as number;
      time[row] = utc ? stamp : clock.toInstant(stamp);
      (utc ? later : earlier).push(row);
    }
  }
  return pickRows({ ...bars, time }, [...earlier, ...later]);
}

interface Day {
  utc: boolean;
  wall: boolean;
  readonly rows: { readonly row: number; readonly reading: 'utc' | 'wall' | 'either' }[];
}

/** Rows by the date in their stamp, and what each day's rows can be. */
function readDays(time: Float64Array, clock: ZoneClock, { calendar }: Listing): ReadonlyMap<number, Day> {
  const known = time.filter((stamp) => !Number.isNaN(stamp));
  const first = known.reduce((least, stamp) => Math.min(least, stamp), Number.POSITIVE_INFINITY);
  const last = known.reduce((most, stamp) => Math.max(most, stamp), Number.NEGATIVE_INFINITY);
  const sessions = findCalendar(calendar)?.sessions?.({ start: first - 2 * DAY, end: last + 2 * DAY }) ?? [];
  const opens = Float64Array.from(sessions, ({ open }) => open);
  const isOpen = (instant: number): boolean => {
    const at = lowerBound(opens, instant + 1) - 1;
    return instant < (sessions[at]?.close ?? Number.NEGATIVE_INFINITY);
  };
  const days = new Map<number, Day>();
  for (let row = 0; row < time.length; row++) {
    const stamp = time[row] as number;
    const date = Math.floor(stamp / DAY);
    const day = days.get(date) ?? { utc: false, wall: false, rows: [] };
    days.set(date, day);
    const utc = isOpen(stamp);
    const wall = isOpen(clock.toInstant(stamp));
    if (utc !== wall) day[utc ? 'utc' : 'wall'] = true;
    day.rows.push({ row, reading: utc === wall ? 'either' : utc ? 'utc' : 'wall' });
  }
  return days;
}

function pickRows(bars: Bars, rows: readonly number[]): Bars {
  const pick = (from: Float64Array): Float64Array => Float64Array.from(rows, (row) => from[row] as number);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
