import type { Listing, Market } from '../../market/market.js';
import { barsOf } from '../running-bar.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Whether it trades at an instant. Synthetic indices and crypto always do; others when a bar runs then. */
export function isOpen(market: Market, listing: Listing, at: number): boolean {
  if (listing.kind === 'synthetic' || listing.kind === 'crypto') return true;
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return market.bars(listing, '1m', minute - 2 * MINUTE, minute + MINUTE).time.length > 0;
}

/** The last minute that traded at or before an instant, its open in ms. */
export function lastTradedMinute(market: Market, listing: Listing, at: number): number | undefined {
  for (let days = 1; days <= 8; days += 1) {
    const end = at + 1 - (days - 1) * DAY;
    const last = barsOf(market, listing, '1m', end - DAY, end).at(-1);
    if (last !== undefined) return last.time;
  }
  return undefined;
}
