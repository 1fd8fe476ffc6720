import { isOnGrid, stepOf, type Timeframe } from './timeframe.js';

/** Why a row cannot be a bar; the words are for people. */
export const REASONS = {
  'no-time': 'the time stamp is not one',
  'no-prices': 'a price is missing',
  'not-a-number': 'a cell is not a plain number',
  'not-positive': 'a price is zero or less',
  'high-low': 'open or close lies outside low and high',
  'negative-volume': 'the volume is below zero',
  'off-grid': 'the time is not one at which a bar of this interval opens',
  'not-closed': 'the bar has not closed yet',
  'outside-range': 'the bar lies outside what was asked',
  duplicate: 'the time stamp was there already',
} as const;
export type Reason = keyof typeof REASONS;

/** Columns that are prices of the bar itself: without them it is no bar. */
export const PRICES: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'price']);

/** The least a cell of a column may be: a price is above zero, a volume not below it. */
export function leastOf(column: string): number {
  if (PRICES.has(column)) return Number.MIN_VALUE;
  return column === 'volume' ? 0 : -Number.MAX_VALUE;
}

/** What is wrong with a cell of a column; undefined is nothing. An absent value is NaN. */
export function judgeCell(column: string, value: number): Reason | undefined {
  if (PRICES.has(column)) {
    if (Number.isNaN(value)) return 'no-prices';
    return value > 0 ? undefined : 'not-positive';
  }
  return column === 'volume' && value < 0 ? 'negative-volume' : undefined;
}

export function isOrdered(open: number, high: number, low: number, close: number): boolean {
  return low <= high && low <= open && open <= high && low <= close && close <= high;
}

const QUARTER = 15 * 60_000;
const DAY = 24 * 60 * 60_000;

/** `sessions`: bars of a market with sessions may count from its open (09:30), not from the clock. */
export function opensHere(timeframe: Timeframe, time: number, sessions: boolean): boolean {
  if (isOnGrid(timeframe, time)) return true;
  const step = stepOf(timeframe);
  if (!sessions || step === undefined || step >= DAY) return false;
  return time % Math.min(step, QUARTER) === 0;
}
