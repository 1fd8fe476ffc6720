import type { Market } from '../../market/market.js';
import { readCandles } from './candle-window.js';
import { findListing } from './listings.js';
import type { Message } from './message.js';
import type { Subscription } from './subscriptions.js';
import { readTicks } from './tick-window.js';

/** What a subscription sends at an instant: the candle as it stands, its prices as text; or the latest tick. */
export function makePush(subscription: Subscription, market: Market, now: number): Message | undefined {
  const { id, request } = subscription;
  const listing = findListing(market, String(request.ticks_history));
  const seconds = Math.floor(now / 1000);
  const marks = {
    ...(subscription.echo && { echo_req: request }),
    ...(request.req_id !== undefined && { req_id: request.req_id }),
    ...(request.passthrough !== undefined && { passthrough: request.passthrough }),
    subscription: { id },
  };
  const symbol = String(request.ticks_history);
  if (request.style !== 'candles') {
    const { prices, times } = readTicks(market, listing, { start: seconds - 120, end: seconds, count: 1 }, now);
    if (times.length === 0) return undefined;
    const [quote] = prices;
    const tick = { ask: quote, bid: quote, epoch: times[0], id, pip_size: listing.decimals, quote, symbol };
    return { ...marks, msg_type: 'tick', tick };
  }
  const granularity = Number(request.granularity ?? 60);
  const window = { start: seconds - granularity, end: seconds, granularity, count: 1 };
  const candle = readCandles(market, listing, window, now).at(-1);
  if (candle === undefined) return undefined;
  const text = (price: number): string => price.toFixed(listing.decimals);
  const ohlc = {
    close: text(candle.close),
    epoch: seconds,
    granularity,
    high: text(candle.high),
    id,
    low: text(candle.low),
    open: text(candle.open),
    open_time: candle.time / 1000,
    pip_size: listing.decimals,
    symbol,
  };
  return { ...marks, msg_type: 'ohlc', ohlc };
}
