import type { Timeframe } from 'almanac/provider';
import type { Plan } from './options.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Real candles start on this day: `/ohlc/range` answers nothing older. */
const FIRST_CANDLE = Date.UTC(2018, 1, 9);
/** As far back as a plan without payment may ask. */
export const YEAR = 365 * DAY;

/** Candles of the latest so many days; how long one is depends on the window alone. */
export interface LatestCandles {
  readonly via: 'ohlc';
  /** Shortest first: the shortest that reaches the start is asked. */
  readonly days: readonly number[];
}

/** Candles of any range, so many at once. */
export interface CandleRange {
  readonly via: 'ohlc-range';
  readonly interval: 'hourly' | 'daily';
  readonly barsPerRequest: number;
}

/** No candles: prices at odd moments, from which bars are built. */
export interface Samples {
  readonly via: 'samples';
  readonly spacing: Spacing;
}

/**
 * How dense prices come is nobody's choice: it follows from how long the asked range is, and whether it ends now.
 * `five-minute`: the last day, asked up to now. `hourly`: more than a day and at most ninety, of any age.
 * Daily ones (more than ninety days at once) are not used: they would make bars whose high and low are their ends.
 */
export type Spacing = 'five-minute' | 'hourly';

export type Offer = { readonly timeframe: Timeframe; readonly step: number } & (LatestCandles | CandleRange | Samples);

const LATEST: readonly Offer[] = [
  { timeframe: '30m', step: 30 * MINUTE, via: 'ohlc', days: [1] },
  { timeframe: '4h', step: 4 * HOUR, via: 'ohlc', days: [7, 14, 30] },
];

/**
 * Built bars are offered only where prices come dense enough for every one of them: a bar's ends may be half a bar old,
 * five-minute prices are up to nine minutes apart and hourly ones up to two hours. Shorter bars would mostly not exist,
 * and what does not exist would look like a time without trade.
 */
const FREE: readonly Offer[] = [
  ...LATEST,
  { timeframe: '1h', step: HOUR, via: 'samples', spacing: 'five-minute' },
  { timeframe: '6h', step: 6 * HOUR, via: 'samples', spacing: 'hourly' },
  { timeframe: '8h', step: 8 * HOUR, via: 'samples', spacing: 'hourly' },
  { timeframe: '12h', step: 12 * HOUR, via: 'samples', spacing: 'hourly' },
  { timeframe: '1d', step: DAY, via: 'samples', spacing: 'hourly' },
];

const PAID: readonly Offer[] = [
  ...LATEST,
  { timeframe: '1h', step: HOUR, via: 'ohlc-range', interval: 'hourly', barsPerRequest: 31 * 24 },
  { timeframe: '1d', step: DAY, via: 'ohlc-range', interval: 'daily', barsPerRequest: 180 },
];

export const OFFERS: Readonly<Record<Plan, readonly Offer[]>> = { none: FREE, demo: FREE, pro: PAID };

/** How far back an offer goes, before now or since a day. */
export function reachOf(offer: Offer): { readonly age: number } | { readonly since: number } {
  if (offer.via === 'ohlc-range') return { since: FIRST_CANDLE };
  if (offer.via === 'ohlc') return { age: (offer.days.at(-1) as number) * DAY };
  // The first bar of the last day has its lookback in it too.
  return { age: offer.spacing === 'hourly' ? YEAR : DAY - offer.step };
}
