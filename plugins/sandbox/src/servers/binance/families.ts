import type { Listing, Market, Step } from '../../market/market.js';
import { DAY } from '../../market/steps.js';

/** Binance's three books: one wire format, and their own paths, limits and habits. */
export interface Family {
  readonly id: 'spot' | 'um' | 'cm';
  /** The listing's name in this book. */
  readonly book: 'binance' | 'binance-um' | 'binance-cm';
  readonly path: string;
  readonly weightLimit: number;
  readonly maxRows: number;
  /** The longest time between the bounds of klines. A book that has one gives the latest of them, the others the oldest. */
  readonly maxSpan?: number;
  readonly exchangeInfoWeight: number;
  /** What a page of so many rows costs. */
  readonly klinesWeight: (limit: number) => number;
}

const byPageSize = (limit: number): number => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10);
const FUTURES = { weightLimit: 2400, maxRows: 1500, exchangeInfoWeight: 1, klinesWeight: byPageSize } as const;

export const FAMILIES: readonly Family[] = [
  {
    id: 'spot',
    book: 'binance',
    path: '/api/v3',
    weightLimit: 6000,
    maxRows: 1000,
    exchangeInfoWeight: 20,
    klinesWeight: () => 2,
  },
  { id: 'um', book: 'binance-um', path: '/fapi/v1', ...FUTURES },
  { id: 'cm', book: 'binance-cm', path: '/dapi/v1', ...FUTURES, maxSpan: 200 * DAY },
];

/** As they spell intervals. Case matters: `1m` is a minute. */
const STEPS: Readonly<Record<string, Step>> = {
  '1s': '1s',
  '1m': '1m',
  '3m': '3m',
  '5m': '5m',
  '15m': '15m',
  '30m': '30m',
  '1h': '1h',
  '2h': '2h',
  '4h': '4h',
  '6h': '6h',
  '8h': '8h',
  '12h': '12h',
  '1d': '1d',
  '3d': '3d',
  '1w': '1w',
  '1M': '1mo',
};

export function findStep(family: Family, interval: string): Step | undefined {
  if (!Object.hasOwn(STEPS, interval) || (interval === '1s' && family.id !== 'spot')) return undefined;
  return STEPS[interval];
}

export function listingsOf(family: Family, market: Market): readonly Listing[] {
  return market.listings.filter(({ names }) => names[family.book] !== undefined);
}

export function findListing(family: Family, market: Market, symbol: string): Listing | undefined {
  return market.listings.find(({ names }) => names[family.book] === symbol);
}
