import type { Listing, Market, Step } from '../market/market.js';
import { SECOND } from '../market/steps.js';
import { findKlines, type Kline } from './binance/klines.js';

export interface CandleQuestion {
  readonly market: Market;
  readonly listing: Listing;
  readonly step: Step;
  /** By open, half-open. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/** The candles of an exchange that a listing has there by now, the one that still forms among them. */
export function listCandles({ market, listing, step, start, end, now }: CandleQuestion): readonly Kline[] {
  const from = Math.max(start, listing.listedFrom - 32 * 86_400 * SECOND);
  const until = Math.min(end, now + 1);
  return from < until ? findKlines(market, { listing, step, start: from, end: until, now }) : [];
}
