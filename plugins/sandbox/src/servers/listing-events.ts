import type { SandboxMarket } from '../market/create-market.js';
import type { MarketEvent } from '../market/events.js';
import type { Listing, Market } from '../market/market.js';
import { barsOf } from './running-bar.js';

const DAY = 86_400_000;

/** Splits and dividends in [start, end), where the market knows of any. */
export function eventsOf(market: Market, listing: Listing, start: number, end: number): readonly MarketEvent[] {
  return (market as Partial<SandboxMarket>).events?.(listing, start, end) ?? [];
}

/** What prices and volumes as traded are multiplied by to compare with the latest ones. */
export interface Adjustment {
  /** For splits alone: price times this, volume divided by it. */
  readonly split: (date: number) => number;
  /** For splits and dividends. */
  readonly both: (date: number) => number;
}

/** Looks at every event from `start` to the world's now; a date is a session's, 00:00 UTC. */
export function adjustmentsFrom(market: Market, listing: Listing, start: number, now: number): Adjustment {
  const events = eventsOf(market, listing, start, now + 1);
  const splits = events.map((event) => (event.kind === 'split' ? event.denominator / event.numerator : 1));
  // Asked for only by those who adjust for dividends: it takes the close before each.
  let all: number[] | undefined;
  const product = (date: number, factors: readonly number[]): number =>
    events.reduce((factor, event, at) => (date < event.time ? factor * (factors[at] as number) : factor), 1);
  return {
    split: (date) => product(date, splits),
    both: (date) => {
      all ??= events.map((event, at) =>
        event.kind === 'dividend'
          ? 1 - event.amount / closeBefore(market, listing, event.time)
          : (splits[at] as number),
      );
      return product(date, all);
    },
  };
}

function closeBefore(market: Market, listing: Listing, date: number): number {
  const close = barsOf(market, listing, '1d', date - 10 * DAY, date).at(-1)?.close;
  return close ?? Number.POSITIVE_INFINITY;
}
