import type { Listing, Market, Step } from '../../market/market.js';
import { DAY, HOUR, lengthOf, MINUTE } from '../../market/steps.js';
import { findKlines } from '../binance/klines.js';

/** `[close, open, high, low, close]`: stamped with the end, and no volume. */
export type Candle = readonly [number, number, number, number, number];

const FOUR_DAYS = 4 * DAY;

/** How long a candle is follows from how many days are asked for. */
function granularityOf(days: number): number {
  return days <= 1 ? 30 * MINUTE : days <= 30 ? 4 * HOUR : FOUR_DAYS;
}

/** The candles of the latest so many days; the last one still forms, and its stamp has yet to come. */
export function listLatest(market: Market, listing: Listing, days: number, now: number): readonly Candle[] {
  const length = granularityOf(days);
  const last = Math.floor(now / length) * length + length;
  const count = Math.ceil((days * DAY) / length);
  const start = Math.max(last - count * length, Math.floor(listing.listedFrom / length) * length);
  if (length === FOUR_DAYS) return joinDays(listCandles(market, listing, '1d', start, last, now));
  return listCandles(market, listing, length === 4 * HOUR ? '4h' : '30m', start, last, now);
}

/** Of candles that open in [start, end). */
export function listCandles(
  market: Market,
  listing: Listing,
  step: Step,
  start: number,
  end: number,
  now: number,
): readonly Candle[] {
  const length = lengthOf(step) as number;
  return findKlines(market, { listing, step, start, end, now }).map(({ openTime, open, high, low, close }) => [
    openTime + length,
    open,
    high,
    low,
    close,
  ]);
}

function joinDays(days: readonly Candle[]): readonly Candle[] {
  const joined = new Map<number, Candle>();
  for (const day of days) {
    const end = Math.ceil(day[0] / FOUR_DAYS) * FOUR_DAYS;
    const [, open, high, low] = joined.get(end) ?? day;
    joined.set(end, [end, open, Math.max(high, day[2]), Math.min(low, day[3]), day[4]]);
  }
  return [...joined.values()];
}
