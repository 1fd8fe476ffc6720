import type { Listing, Market, Step, TruthBars } from '../market/market.js';

/** One bar, or the part of it that has been so far. */
export interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * What of [from, now) has been traded, as a server shows a bar that is still forming: whole days, then whole minutes,
 * then the price at which the minute that runs began. Undefined: nothing yet.
 */
export function runningBar(market: Market, listing: Listing, from: number, now: number): Bar | undefined {
  const today = Math.floor(now / DAY) * DAY;
  const parts: Bar[] = [];
  if (today - from >= DAY) parts.push(...barsOf(market, listing, '1d', from, today));
  const minutes = barsOf(market, listing, '1m', Math.max(from, parts.length > 0 ? today : from), now);
  for (const minute of minutes) parts.push(minute.time + MINUTE <= now ? minute : firstPriceOf(minute));
  return joinBars(parts, from);
}

export function barsOf(market: Market, listing: Listing, step: Step, start: number, end: number): Bar[] {
  return end <= start ? [] : toBars(market.bars(listing, step, start, end));
}

export function toBars(truth: TruthBars): Bar[] {
  return Array.from(truth.time, (time, row) => ({
    time,
    open: truth.open[row] as number,
    high: truth.high[row] as number,
    low: truth.low[row] as number,
    close: truth.close[row] as number,
    volume: truth.volume[row] as number,
  }));
}

/** Several bars as one that opens at `time`. */
export function joinBars(bars: readonly Bar[], time: number): Bar | undefined {
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let { high, low } = first;
  let volume = 0;
  for (const bar of bars) {
    high = Math.max(high, bar.high);
    low = Math.min(low, bar.low);
    volume += bar.volume;
  }
  return { time, open: first.open, high, low, close: last.close, volume };
}

function firstPriceOf({ time, open }: Bar): Bar {
  return { time, open, high: open, low: open, close: open, volume: 0 };
}
