import type { AssetClass, Timeframe } from 'almanac/provider';

const DAY = 86_400_000;

/** One of Alpha Vantage's functions, for one asset class and timeframe. */
export interface Endpoint {
  readonly name: string;
  /** Intraday: their spelling, and the length of a bar. Absent from a day on, where bars are labelled by date. */
  readonly interval?: { readonly name: string; readonly step: number };
  /** Only for who pays; `full`: only its whole length. */
  readonly premium?: 'all' | 'full';
  /** `months`: one request a month. `sized`: the last 100 bars or all. `whole`: always all. */
  readonly paging: 'months' | 'sized' | 'whole';
  readonly format: 'csv' | 'json';
}

const MINUTES: Readonly<Partial<Record<Timeframe, number>>> = { '1m': 1, '5m': 5, '15m': 15, '30m': 30, '1h': 60 };
export const DATES = ['1d', '1w', '1mo'] as const satisfies readonly Timeframe[];
export const INTRADAY = Object.keys(MINUTES) as readonly Timeframe[];

/** 100 sessions are at least 20 weeks less a day, the newest of them perhaps still running. */
export const COMPACT = 100;
export const COMPACT_AGE = 138 * DAY;
/** How far intraday reaches where no month can be named. */
export const TRAILING_AGE = 30 * DAY;
/** The first month that can be named begins at midnight in New York. */
export const FIRST_MONTH = Date.UTC(2000, 0, 1, 5);

const DATED: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  equity: {
    '1d': { name: 'TIME_SERIES_DAILY', premium: 'full', paging: 'sized', format: 'csv' },
    '1w': { name: 'TIME_SERIES_WEEKLY', paging: 'whole', format: 'csv' },
    '1mo': { name: 'TIME_SERIES_MONTHLY', paging: 'whole', format: 'csv' },
  },
  fx: {
    '1d': { name: 'FX_DAILY', paging: 'sized', format: 'csv' },
    '1w': { name: 'FX_WEEKLY', paging: 'whole', format: 'csv' },
    '1mo': { name: 'FX_MONTHLY', paging: 'whole', format: 'csv' },
  },
  crypto: {
    '1d': { name: 'DIGITAL_CURRENCY_DAILY', paging: 'whole', format: 'json' },
    '1w': { name: 'DIGITAL_CURRENCY_WEEKLY', paging: 'whole', format: 'json' },
    '1mo': { name: 'DIGITAL_CURRENCY_MONTHLY', paging: 'whole', format: 'json' },
  },
};

const INTRADAY_NAMES: Readonly<Record<string, string>> = {
  equity: 'TIME_SERIES_INTRADAY',
  fx: 'FX_INTRADAY',
  crypto: 'CRYPTO_INTRADAY',
};

export function findEndpoint(assetClass: AssetClass, timeframe: Timeframe): Endpoint | undefined {
  const minutes = MINUTES[timeframe];
  const name = INTRADAY_NAMES[assetClass];
  if (minutes === undefined || name === undefined) return DATED[assetClass]?.[timeframe];
  const interval = { name: `${minutes}min`, step: minutes * 60_000 };
  return { name, interval, premium: 'all', paging: assetClass === 'equity' ? 'months' : 'sized', format: 'csv' };
}
