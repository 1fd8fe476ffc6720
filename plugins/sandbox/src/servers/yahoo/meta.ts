import type { Listing, Market } from '../../market/market.js';
import type { Session } from '../../market/new-york.js';
import { barsOf } from '../running-bar.js';
import { offsetAt } from '../zone-clock.js';
import type { RowsQuery } from './rows-query.js';
import { sessionsOf, stampDay, venueOf, zoneNameAt } from './venues.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RANGES = ['1d', '5d', '1mo', '3mo', '6mo', '1y', '2y', '5y', '10y', 'ytd', 'max'];

/** What the reply says of the symbol. `gmtoffset` is the offset now, whatever was asked for. */
export function describe(query: RowsQuery, split: (date: number) => number) {
  const { market, listing, interval, start, now } = query;
  const venue = venueOf(listing);
  const last = lastTrade(market, listing, now);
  const year = barsOf(market, listing, '1d', now - 365 * DAY, last.dayOpen + 1);
  const before = barsOf(market, listing, '1d', start - 10 * DAY, Math.floor(start / DAY) * DAY).at(-1);
  const extremes = year.map((bar) => [bar.high * split(bar.time), bar.low * split(bar.time)] as const);
  return {
    currency: 'USD',
    symbol: listing.names.yahoo,
    exchangeName: venue.exchangeName,
    fullExchangeName: venue.fullExchangeName,
    instrumentType: venue.instrumentType,
    firstTradeDate: stampDay(listing, Math.floor(listing.listedFrom / DAY) * DAY) / 1000,
    regularMarketTime: Math.floor(last.time / 1000),
    hasPrePostMarketData: venue.hasPrePost,
    gmtoffset: offsetAt(venue.zone, now) / 1000,
    timezone: zoneNameAt(venue.zone, now),
    exchangeTimezoneName: venue.zone,
    regularMarketPrice: last.price,
    fiftyTwoWeekHigh: Math.max(last.price, ...extremes.map(([high]) => high)),
    fiftyTwoWeekLow: Math.min(last.price, ...extremes.map(([, low]) => low)),
    regularMarketDayHigh: last.high,
    regularMarketDayLow: last.low,
    regularMarketVolume: last.volume,
    longName: `${listing.symbol} (sandbox)`,
    shortName: listing.symbol,
    chartPreviousClose: before ? before.close * split(before.time) : last.price,
    ...(interval.intraday && { previousClose: last.price, scale: 3 }),
    priceHint: listing.kind === 'fx' ? 4 : 2,
    currentTradingPeriod: currentPeriods(listing, now),
    ...(interval.intraday && { tradingPeriods: tradingPeriods(query) }),
    dataGranularity: interval.name,
    range: '',
    validRanges: RANGES,
  };
}

function lastTrade(market: Market, listing: Listing, now: number) {
  const minutes = barsOf(market, listing, '1m', now - 5 * DAY, now);
  const last = minutes.at(-1);
  if (last === undefined) return { time: now, price: 0, high: 0, low: 0, volume: 0, dayOpen: now };
  const dayOpen = Math.floor(last.time / DAY) * DAY;
  const day = minutes.filter(({ time }) => time >= dayOpen);
  return {
    time: Math.min(now, last.time + MINUTE),
    price: last.close,
    high: Math.max(...day.map(({ high }) => high)),
    low: Math.min(...day.map(({ low }) => low)),
    volume: Math.round(day.reduce((sum, { volume }) => sum + volume, 0)),
    dayOpen,
  };
}

function currentPeriods(listing: Listing, now: number) {
  const session = sessionsOf(listing, now - 4 * HOUR, now + 7 * DAY)[0];
  return session === undefined ? {} : periodsOf(listing, session);
}

function periodsOf(listing: Listing, { open, close }: Session) {
  const { zone, hasPrePost } = venueOf(listing);
  const period = (start: number, end: number) => ({
    timezone: zoneNameAt(zone, open),
    start: start / 1000,
    end: end / 1000,
    gmtoffset: offsetAt(zone, open) / 1000,
  });
  // A day without bells ends a minute before midnight.
  const end = hasPrePost ? close : close - MINUTE;
  return {
    pre: period(hasPrePost ? open - 5.5 * HOUR : open, open),
    regular: period(open, end),
    post: period(end, hasPrePost ? close + 4 * HOUR : end),
  };
}

/** Session by session: the regular hours alone, or all three kinds when the others were asked for. */
function tradingPeriods({ listing, start, end, now, prePost }: RowsQuery) {
  const periods = sessionsOf(listing, start, Math.min(end, now) + 1).map((session) => periodsOf(listing, session));
  const of = (kind: 'pre' | 'regular' | 'post') => periods.map((period) => [period[kind]]);
  return prePost ? { pre: of('pre'), regular: of('regular'), post: of('post') } : of('regular');
}
