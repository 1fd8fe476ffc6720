import type { Timeframe } from 'almanac/provider';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Wire = '1m' | '2m' | '5m' | '15m' | '30m' | '1h' | '1d' | '1wk' | '1mo';

export interface Interval {
  readonly wire: Wire;
  /** The length of an intraday bar; absent from a day on, where bars are labelled by date. */
  readonly step?: number;
  /** How old a bar may be. A day less than Yahoo says, because it counts from its clock, and refuses the edge itself. */
  readonly age?: number;
  /** How much of a range one request brings, where that is less than the reach. */
  readonly span?: number;
  /** The longest that Yahoo lets a request be: what is left beside the span is room to begin earlier. */
  readonly longest?: number;
}

/** Yahoo also draws 90m, 5d and 3mo, which we do not keep; it has no 4h. */
export const INTERVALS: Readonly<Partial<Record<Timeframe, Interval>>> = {
  '1m': { wire: '1m', step: MINUTE, age: 29 * DAY, span: 7 * DAY, longest: 8 * DAY },
  '2m': { wire: '2m', step: 2 * MINUTE, age: 59 * DAY },
  '5m': { wire: '5m', step: 5 * MINUTE, age: 59 * DAY },
  '15m': { wire: '15m', step: 15 * MINUTE, age: 59 * DAY },
  '30m': { wire: '30m', step: 30 * MINUTE, age: 59 * DAY },
  '1h': { wire: '1h', step: HOUR, age: 729 * DAY },
  '1d': { wire: '1d' },
  '1w': { wire: '1wk' },
  '1mo': { wire: '1mo' },
};
