import { closeOf, type DateTimeframe, openOf } from './date-bars.js';
import { DAY, type Interval } from './intervals.js';

/** Seconds, both inclusive, as `period1` and `period2` are. */
export interface Period {
  readonly period1: number;
  readonly period2: number;
}

/** [start, end) of intraday bars, in requests no longer than Yahoo allows. */
export function splitIntraday(start: number, end: number, { span = end - start }: Interval): readonly Period[] {
  const periods: Period[] = [];
  for (let from = start; from < end; from += span) {
    const period1 = Math.ceil(from / 1000);
    // The two may not be the same.
    const period2 = Math.max(Math.floor((Math.min(from + span, end) - 1) / 1000), period1 + 1);
    periods.push({ period1, period2 });
  }
  return periods;
}

/**
 * The one request that brings every bar whose date lies in [start, end). Stamps are a session's open, or midnight in
 * the exchange's zone, so the date may begin up to 14 hours before its 00:00Z and end 12 hours after; and weeks and
 * months are asked whole, because Yahoo sums up no more of them than was asked for.
 */
export function periodOfDates(start: number, end: number, timeframe: DateTimeframe): Period {
  const last = openOf(timeframe, end - 1);
  return {
    period1: Math.floor((openOf(timeframe, start) - DAY) / 1000),
    period2: Math.floor((closeOf(timeframe, last) + DAY) / 1000),
  };
}
