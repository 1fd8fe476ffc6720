import type { Listing, Market } from '../../market/market.js';
import { barsOf } from '../running-bar.js';
import { derivListings, displayNameOf, nameOf, placeOf } from './listings.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const BREAK = 30 * MINUTE;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** When each market trades on one UTC day, as a tree of market, submarket, symbol. */
export function answerTradingTimes(market: Market, date: string, now: number) {
  const day = date === 'today' ? Math.floor(now / DAY) * DAY : Date.parse(padDate(date));
  const markets = new Map<string, Map<string, object[]>>();
  for (const listing of derivListings(market)) {
    const place = placeOf(listing);
    const submarkets = markets.get(place.marketName) ?? new Map<string, object[]>();
    const symbols = submarkets.get(place.submarketName) ?? [];
    symbols.push(symbolRow(market, listing, day));
    markets.set(place.marketName, submarkets.set(place.submarketName, symbols));
  }
  return {
    markets: Array.from(markets, ([name, submarkets]) => ({
      name,
      submarkets: Array.from(submarkets, ([name, symbols]) => ({ name, symbols })),
    })),
  };
}

function symbolRow(market: Market, listing: Listing, day: number): object {
  const spans = alwaysOpen(listing) ? [{ open: day, close: day + DAY }] : spansOf(market, listing, day);
  const none = spans.length === 0;
  return {
    events: listing.kind === 'fx' ? [{ dates: 'Fridays', descrip: 'Closes early (at 20:55)' }] : [],
    name: displayNameOf(listing),
    symbol: nameOf(listing),
    times: {
      close: none ? ['--'] : spans.map(({ close }) => clockOf(close, day)),
      open: none ? ['--'] : spans.map(({ open }) => clockOf(open, day)),
      settlement: none ? '--' : clockOf((spans.at(-1) as { close: number }).close, day),
    },
    trading_days: alwaysOpen(listing) ? WEEKDAYS : WEEKDAYS.slice(1, 6),
  };
}

function spansOf(market: Market, listing: Listing, day: number): { open: number; close: number }[] {
  const spans: { open: number; close: number }[] = [];
  for (const { time } of barsOf(market, listing, '1m', day, day + DAY)) {
    const last = spans.at(-1);
    if (last !== undefined && time - last.close < BREAK) last.close = time + MINUTE;
    else spans.push({ open: time, close: time + MINUTE });
  }
  return spans;
}

function alwaysOpen(listing: Listing): boolean {
  return listing.kind === 'synthetic' || listing.kind === 'crypto';
}

/** Midnight at the end of the day is written as its last second. */
function clockOf(at: number, day: number): string {
  return at - day >= DAY ? '23:59:59' : new Date(at).toISOString().slice(11, 19);
}

function padDate(date: string): string {
  const [year, month = '', day = ''] = date.split('-');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
