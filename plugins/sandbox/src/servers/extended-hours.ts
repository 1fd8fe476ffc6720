import { keyOf, mix, toUnit } from '../market/hash.js';
import type { Listing, Market } from '../market/market.js';
import type { Session } from '../market/new-york.js';
import { type Bar, barsOf } from './running-bar.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Before the bell from 04:00, and four hours after it: few minutes see a trade, and few shares change hands. */
export function extendedMinutes(market: Market, listing: Listing, session: Session): { pre: Bar[]; post: Bar[] } {
  const regular = barsOf(market, listing, '1m', session.open, session.close);
  const first = regular[0];
  const last = regular.at(-1);
  if (first === undefined || last === undefined) return { pre: [], post: [] };
  return {
    pre: sparse(listing, session.open - 5.5 * HOUR, session.open, first.open),
    post: sparse(listing, session.close, session.close + 4 * HOUR, last.close),
  };
}

function sparse(listing: Listing, start: number, end: number, price: number): Bar[] {
  const key = keyOf(`${listing.symbol} extended`, 0);
  const bars: Bar[] = [];
  for (let time = start; time < end; time += MINUTE) {
    const bits = mix(key, time / MINUTE);
    if (bits % 100 >= 15) continue;
    const at = (salt: number): number => round(price * (1 + (toUnit(mix(bits, salt)) - 0.5) * 0.006), listing.decimals);
    const [open, close, one, two] = [at(1), at(2), at(3), at(4)];
    bars.push({
      time,
      open,
      high: Math.max(open, close, one, two),
      low: Math.min(open, close, one, two),
      close,
      volume: 1 + (bits % 900),
    });
  }
  return bars;
}

function round(price: number, decimals: number): number {
  return Math.max(10 ** -decimals, Number(price.toFixed(decimals)));
}
