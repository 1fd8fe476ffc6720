import type { AssetClass, Capabilities, MarketCapability, Timeframe, TimeframeCapability } from 'almanac/provider';
import { DAY, INTERVALS, type Interval } from './intervals.js';
import type { YahooOptions } from './options.js';

/** Some exchanges reach Yahoo a quarter of an hour late, and volumes of the day are put right overnight. */
const SETTLES = { intraday: 30 * 60_000, date: DAY };
/** A session's bars count from its open, 9:30 in New York: the hourly ones, and elsewhere the half-hourly, are off the clock. */
const FROM_THE_OPEN = { grid: 'session' } as const;

export function describe({ url }: YahooOptions): Capabilities {
  return {
    markets: [
      market('equity', 'real'),
      market('index', 'real'),
      market('future', 'real'),
      { ...market('fx', 'none'), days: 'weekdays' },
      market('crypto', 'real'),
    ],
    limits: {
      pools: {
        main: { concurrency: 2, windows: [{ name: 'minute', max: 60, perMs: 60_000 }] },
      },
    },
    hosts: [url],
  };
}

function market(assetClass: AssetClass, volume: 'real' | 'none'): MarketCapability {
  const timeframes = Object.entries(INTERVALS).map(([timeframe, interval]) =>
    describeTimeframe(timeframe as Timeframe, interval, assetClass),
  );
  return { assetClass, timeframes, volume };
}

function describeTimeframe(timeframe: Timeframe, interval: Interval, assetClass: AssetClass): TimeframeCapability {
  const { step, age, span } = interval;
  const hasSession = assetClass === 'equity' || assetClass === 'index';
  return {
    timeframe,
    barsPerRequest: step === undefined || age === undefined ? 20_000 : Math.floor((span ?? age) / step),
    finality: step === undefined ? SETTLES.date : SETTLES.intraday,
    ...(age === undefined ? {} : { reach: { age } }),
    ...(hasSession && step !== undefined ? FROM_THE_OPEN : {}),
  };
}
