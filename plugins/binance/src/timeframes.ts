import type { Timeframe } from 'almanac/provider';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What both markets offer, shortest first, with lengths; a month has none. */
const STEPS: Readonly<Partial<Record<Timeframe, number | undefined>>> = {
  '1s': 1000,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
  '1mo': undefined,
};

export const SPOT_TIMEFRAMES = Object.keys(STEPS) as readonly Timeframe[];
export const FUTURES_TIMEFRAMES = SPOT_TIMEFRAMES.filter((timeframe) => timeframe !== '1s');

/** The API spells a month `1M` (and a minute `1m`: it minds the case); the archive spells it as we do. */
export function intervalOf(timeframe: Timeframe): string {
  return timeframe === '1mo' ? '1M' : timeframe;
}

/** Daily files stop at daily bars. */
export function hasDailyFiles(timeframe: Timeframe): boolean {
  const step = STEPS[timeframe];
  return step !== undefined && step <= DAY;
}

/** No fewer than can open on the grid in [start, end). */
export function mostBars(timeframe: Timeframe, start: number, end: number): number {
  return Math.ceil((end - start) / (STEPS[timeframe] ?? 28 * DAY)) + (timeframe === '1mo' ? 1 : 0);
}

/** How many bars a stretch of time always has room for. */
export function barsWithin(timeframe: Timeframe, length: number): number {
  return Math.floor(length / (STEPS[timeframe] ?? 31 * DAY));
}

/** A stretch of time in which never more than so many bars open. */
export function lengthOfBars(timeframe: Timeframe, bars: number): number {
  return bars * (STEPS[timeframe] ?? 28 * DAY);
}

/** The last open on the grid before `end`. */
export function lastOpenBefore(timeframe: Timeframe, end: number): number {
  const last = end - 1;
  const step = STEPS[timeframe];
  if (step === undefined) {
    const date = new Date(last);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  // Weeks open on Mondays, and the epoch was a Thursday.
  const origin = timeframe === '1w' ? 4 * DAY : 0;
  return Math.floor((last - origin) / step) * step + origin;
}
