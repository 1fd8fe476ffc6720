import type { Listing, Market } from '../../market/market.js';

export interface Pair {
  readonly listing: Listing;
  /** The name its replies put the rows under, whatever was asked for. */
  readonly key: string;
}

/** Bitcoin is XBT there, and old pairs have a second name with X and Z before their parts. */
const PAIRS = [
  { names: ['XBTUSD', 'XXBTZUSD', 'XBT/USD', 'BTC/USD'], key: 'XXBTZUSD', symbol: 'BTC-USD' },
  { names: ['ETHUSD', 'XETHZUSD', 'ETH/USD'], key: 'XETHZUSD', symbol: 'ETH-USD' },
  { names: ['SOLUSD', 'SOL/USD'], key: 'SOLUSD', symbol: 'SOL-USD' },
] as const;

export function findPair(name: string, market: Market): Pair | undefined {
  const pair = PAIRS.find(({ names }) => names.some((each) => each === name.toUpperCase()));
  const listing = pair === undefined ? undefined : market.find(pair.symbol);
  return pair === undefined || listing === undefined ? undefined : { listing, key: pair.key };
}
