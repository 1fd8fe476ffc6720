import type { Capabilities, MarketCapability, Pool, TimeframeCapability } from 'almanac/provider';
import { type BinanceMarket, choosePage, MARKETS } from './markets.js';
import { listUrlOf, type Options } from './options.js';
import { barsWithin, FUTURES_TIMEFRAMES, hasDailyFiles, SPOT_TIMEFRAMES } from './timeframes.js';

const MINUTE = 60_000;

export function describe(options: Options): Capabilities {
  const urls = [options.restUrl, options.futuresUrl, options.coinFuturesUrl, options.archiveUrl, listUrlOf(options)];
  return {
    markets: MARKETS.map(describeMarket),
    limits: {
      pools: { ...Object.fromEntries(MARKETS.map((market) => [market.pool, poolOf(market)])), archive: FILES },
    },
    hosts: [...new Set(urls)],
  };
}

/** Files have no stated limit; a ban of the API says nothing about them, so their gate is their own. */
const FILES: Pool = { concurrency: 6, windows: [], gate: 'archive' };

/** Limits are per address: the three APIs share the provider's gate, so that a ban on one stops all. */
function poolOf(market: BinanceMarket): Pool {
  const weight = { name: 'weight', max: market.weightPerMinute, perMs: MINUTE };
  const requests = { name: 'requests', max: 61_000, perMs: 5 * MINUTE };
  return { concurrency: 8, windows: market.suffix === undefined ? [weight, requests] : [weight] };
}

function describeMarket(market: BinanceMarket): MarketCapability {
  const { limit } = choosePage(market, Number.POSITIVE_INFINITY);
  const timeframes = (market.suffix === undefined ? SPOT_TIMEFRAMES : FUTURES_TIMEFRAMES).map(
    (timeframe): TimeframeCapability => {
      const bars = Math.min(limit, barsWithin(timeframe, market.pageSpan ?? Number.POSITIVE_INFINITY));
      return {
        timeframe,
        barsPerRequest: bars,
        cost: { weight: choosePage(market, bars).weight },
        archive: hasDailyFiles(timeframe) ? ['month', 'day'] : ['month'],
      };
    },
  );
  const named = market.suffix === undefined ? {} : { market: market.suffix };
  return { assetClass: 'crypto', ...named, timeframes, volume: 'real' };
}
