import type { Listing, Market } from '../../market/market.js';
import { barsOf } from '../running-bar.js';

export interface TickQuery {
  /** Seconds, both inclusive. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

export interface History {
  readonly prices: readonly number[];
  readonly times: readonly number[];
}

const QUARTER = 15_000;

/** The latest `count` ticks in [start, end], ascending, stamped in whole seconds. */
export function readTicks(market: Market, listing: Listing, query: TickQuery, now: number): History {
  const end = Math.min(query.end * 1000 + 999, now) + 1;
  const start = Math.max(query.start * 1000, listing.listedFrom);
  for (let reach = (query.count + 30) * 2000; end > start; reach *= 2) {
    const from = Math.max(start, Math.floor((end - reach) / 1000) * 1000);
    const { times, prices } = ticksOf(market, listing, from, end);
    if (times.length >= query.count) return { prices: prices.slice(-query.count), times: times.slice(-query.count) };
    if (from <= start) return { prices, times };
  }
  return { prices: [], times: [] };
}

function ticksOf(market: Market, listing: Listing, start: number, end: number): History {
  if (listing.kind !== 'synthetic') return ticksOfMinutes(market, listing, start, end);
  const { time, price } = market.ticks(listing, start, end);
  return { prices: [...price], times: Array.from(time, (at) => Math.floor(at / 1000)) };
}

/** Four prices a minute, such that they make the minute's very bar. */
function ticksOfMinutes(market: Market, listing: Listing, start: number, end: number): History {
  const prices: number[] = [];
  const times: number[] = [];
  for (const bar of barsOf(market, listing, '1m', Math.floor(start / 60_000) * 60_000, end)) {
    const inner = bar.close >= bar.open ? [bar.low, bar.high] : [bar.high, bar.low];
    [bar.open, ...inner, bar.close].forEach((price, quarter) => {
      const at = bar.time + quarter * QUARTER;
      if (at < start || at >= end) return;
      prices.push(price);
      times.push(at / 1000);
    });
  }
  return { prices, times };
}
