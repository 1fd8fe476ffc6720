import type { Listing, Market, Step } from '../../market/market.js';
import { type Bar, barsOf, joinBars, runningBar } from '../running-bar.js';

export interface CandleQuery {
  /** Seconds, both inclusive on the candle's open. */
  readonly start: number | undefined;
  readonly end: number;
  readonly granularity: number;
  readonly count: number;
}

export const STEPS: Readonly<Record<number, Step>> = {
  60: '1m',
  120: '2m',
  180: '3m',
  300: '5m',
  600: '10m',
  900: '15m',
  1800: '30m',
  3600: '1h',
  7200: '2h',
  14400: '4h',
  28800: '8h',
  86400: '1d',
};

/** The latest `count` candles that open in [start, end], ascending; the last one may still be forming. */
export function readCandles(market: Market, listing: Listing, query: CandleQuery, now: number): Bar[] {
  const length = query.granularity * 1000;
  const end = Math.min(query.end * 1000, now) + 1;
  const start = Math.max((query.start ?? 0) * 1000, listing.listedFrom);
  const bars = latestBars(market, listing, STEPS[query.granularity] as Step, start, end, query.count, length);
  const last = bars.at(-1);
  if (last === undefined || last.time + length <= now) return bars;
  const running = runningCandle(market, listing, last.time, now);
  return [...bars.slice(0, -1), ...(running ? [running] : [])];
}

/** Where prices come every two seconds, the minute that runs is made of those. */
function runningCandle(market: Market, listing: Listing, open: number, now: number): Bar | undefined {
  if (listing.kind !== 'synthetic') return runningBar(market, listing, open, now);
  const minute = Math.max(open, Math.floor(now / 60_000) * 60_000);
  const { price } = market.ticks(listing, minute, now + 1);
  const ticks = Array.from(price, (at) => ({ time: minute, open: at, high: at, low: at, close: at, volume: 0 }));
  const before = runningBar(market, listing, open, minute);
  return joinBars(before ? [before, ...ticks] : ticks, open);
}

/** Looks back over windows that double, since closed markets make the stretch of N candles longer than N candles. */
function latestBars(
  market: Market,
  listing: Listing,
  step: Step,
  start: number,
  end: number,
  count: number,
  length: number,
): Bar[] {
  if (end <= start || count < 1) return [];
  for (let reach = count * length + length; ; reach *= 2) {
    const from = Math.max(start, Math.floor((end - reach) / length) * length);
    const bars = barsOf(market, listing, step, from, end);
    if (bars.length >= count) return bars.slice(-count);
    if (from <= start) return bars;
  }
}
