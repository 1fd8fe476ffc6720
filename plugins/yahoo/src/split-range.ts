import { closeOf, type DateTimeframe, openOf } from './date-bars.js';
import { DAY } from './intervals.js';

/** A request, and the [start, end) of bars that are taken from its reply: it may begin earlier than they do. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly period: Period;
}

/** Seconds, both inclusive, as `period1` and `period2` are. */
export interface Period {
  readonly period1: number;
  readonly period2: number;
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
