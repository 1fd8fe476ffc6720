import type { Listing, Market } from '../../market/market.js';
import type { Bar } from '../running-bar.js';
import { readCandles } from './candle-window.js';
import { DerivError } from './deriv-error.js';
import { findListing } from './listings.js';
import { isOpen, lastTradedMinute } from './market-state.js';
import { COUNT_CAP, type Generation } from './options.js';
import { readTicks } from './tick-window.js';

/** A ticks_history that has passed its schema. */
export interface HistoryRequest {
  readonly ticks_history: string;
  readonly end: string | number;
  readonly start?: number;
  readonly count?: number;
  readonly style?: 'candles' | 'ticks';
  readonly granularity?: number;
  readonly adjust_start_time?: number;
  readonly subscribe?: number;
}

export interface HistoryWorld {
  readonly market: Market;
  readonly now: number;
  readonly generation: Generation;
  readonly overCap: 'clamp' | 'refuse';
}

const DAY_SECONDS = 86_400;

export function answerHistory(request: HistoryRequest, world: HistoryWorld) {
  const listing = findListing(world.market, request.ticks_history);
  if (request.subscribe === 1 && !isOpen(world.market, listing, world.now)) {
    throw new DerivError('MarketIsClosed', 'This market is presently closed.');
  }
  const window = windowOf(request, listing, world);
  if (request.style === 'candles') {
    const query = { ...window, granularity: request.granularity ?? 60 };
    const bars = readCandles(world.market, listing, query, world.now);
    return { msg_type: 'candles', candles: bars.map(showCandle), pip_size: listing.decimals };
  }
  const start = window.start ?? window.end - DAY_SECONDS;
  const history = readTicks(world.market, listing, { ...window, start }, world.now);
  return { msg_type: 'history', history, pip_size: listing.decimals };
}

function windowOf(request: HistoryRequest, listing: Listing, world: HistoryWorld) {
  const nowSeconds = Math.floor(world.now / 1000);
  const end = request.end === 'latest' ? nowSeconds : Number(request.end);
  const dayBack = request.count === undefined || request.granularity === undefined;
  const start = request.start ?? (request.style === 'candles' && dayBack ? end - DAY_SECONDS : undefined);
  const shift = request.adjust_start_time === 1 ? shiftOf(Math.min(end, nowSeconds), listing, world) : 0;
  return {
    start: start === undefined ? undefined : Math.max(0, start - shift),
    end: end - shift,
    count: countOf(request, world),
  };
}

function countOf({ count }: HistoryRequest, { generation, overCap }: HistoryWorld): number {
  const wanted = count ?? (generation === 'new' ? 1000 : COUNT_CAP);
  if (wanted > COUNT_CAP && overCap === 'refuse') {
    throw new DerivError('InputValidationFailed', 'Input validation failed: count', {
      count: `must be at most ${COUNT_CAP}`,
    });
  }
  return Math.max(1, Math.min(wanted, COUNT_CAP));
}

/** Where the market is closed at the window's end, the window moves back to when it last was open. */
function shiftOf(end: number, listing: Listing, { market }: HistoryWorld): number {
  if (isOpen(market, listing, end * 1000)) return 0;
  const last = lastTradedMinute(market, listing, end * 1000);
  return last === undefined ? 0 : end - (last / 1000 + 59);
}

function showCandle({ time, open, high, low, close }: Bar) {
  return { close, epoch: time / 1000, high, low, open };
}
