import type { Capabilities, MarketCapability, Timeframe } from 'almanac/provider';
import type { Options } from './options.js';

/** The most rows an answer has, whatever is asked for. */
export const MOST_ROWS = 5000;

/** Seconds of each bar they make; weeks and months they do not. */
export const GRANULARITIES: Readonly<Partial<Record<Timeframe, number>>> = {
  '1m': 60,
  '2m': 120,
  '3m': 180,
  '5m': 300,
  '10m': 600,
  '15m': 900,
  '30m': 1800,
  '1h': 3600,
  '2h': 7200,
  '4h': 14_400,
  '8h': 28_800,
  '1d': 86_400,
};

export function describe({ url }: Options): Capabilities {
  const timeframes = (['ticks', ...Object.keys(GRANULARITIES)] as Timeframe[]).map((timeframe) => ({
    timeframe,
    barsPerRequest: MOST_ROWS,
  }));
  const market = (assetClass: MarketCapability['assetClass'], calendar?: string): MarketCapability => ({
    assetClass,
    timeframes,
    volume: 'none',
    ...(calendar === undefined ? {} : { calendar }),
  });
  return {
    markets: [market('synthetic', '24x7'), market('crypto', '24x7'), market('fx', 'fx'), market('index')],
    limits: {
      pools: {
        main: {
          concurrency: 4,
          windows: [
            { name: 'minute', max: 180, perMs: 60_000 },
            { name: 'hour', max: 14_400, perMs: 3_600_000 },
          ],
        },
      },
    },
    hosts: [url],
  };
}
