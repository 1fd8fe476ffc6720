import type { Capabilities, MarketCapability, Timeframe, TimeframeCapability, Window } from 'almanac/provider';
import { COMPACT, COMPACT_AGE, DATES, FIRST_MONTH, findEndpoint, INTRADAY, TRAILING_AGE } from './endpoints.js';
import { type AlphaVantageOptions, premiumRate } from './options.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** One request brings the whole of a series by dates. */
const WHOLE = 20_000;
type Class = 'equity' | 'fx' | 'crypto';

export function describe(options: AlphaVantageOptions): Capabilities {
  const rate = premiumRate(options.plan);
  return {
    markets: [
      { ...market('equity', options), volume: 'real', calendar: 'XNYS' },
      { ...market('fx', options), volume: 'none', days: 'weekdays' },
      { ...market('crypto', options), volume: 'real' },
    ],
    limits: {
      pools: { main: { concurrency: rate === undefined ? 1 : 4, windows: windows(rate) } },
    },
    hosts: [options.url],
  };
}

function windows(rate: number | undefined): readonly Window[] {
  if (rate !== undefined) return [{ name: 'minute', max: rate, perMs: MINUTE }];
  return [
    // It counts when a request arrives, and one may be on its way for longer than the next.
    { name: 'second', max: 1, perMs: 1200 },
    { name: 'day', max: 25, perMs: DAY, resetZone: 'America/New_York' },
  ];
}

function market(assetClass: Class, options: AlphaVantageOptions): Pick<MarketCapability, 'assetClass' | 'timeframes'> {
  const isPremium = premiumRate(options.plan) !== undefined;
  const offered: readonly Timeframe[] = isPremium ? [...INTRADAY, ...DATES] : DATES;
  return { assetClass, timeframes: offered.map((timeframe) => describeTimeframe(assetClass, timeframe, options)) };
}

function describeTimeframe(assetClass: Class, timeframe: Timeframe, options: AlphaVantageOptions): TimeframeCapability {
  const { interval, premium } = findEndpoint(assetClass, timeframe) as NonNullable<ReturnType<typeof findEndpoint>>;
  if (interval === undefined) {
    const isCompact = premium === 'full' && premiumRate(options.plan) === undefined;
    // Volumes of a day are still put right in the night after it.
    return isCompact
      ? { timeframe, barsPerRequest: COMPACT, reach: { age: COMPACT_AGE }, finality: DAY }
      : { timeframe, barsPerRequest: WHOLE, finality: DAY };
  }
  const reach = assetClass === 'equity' ? { since: FIRST_MONTH } : { age: TRAILING_AGE };
  const days = assetClass === 'equity' ? 23 : 30;
  const minutes = assetClass === 'equity' ? (options.extendedHours ? 960 : 390) : 1440;
  return {
    timeframe,
    barsPerRequest: days * Math.ceil((minutes * MINUTE) / interval.step),
    reach,
    // Without an entitlement to more, prices come a quarter of an hour late.
    finality: 30 * MINUTE,
  };
}
