import type { Listing, Market } from '../../market/market.js';

/** One request, as the functions see it. */
export interface Call {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly market: Market;
  readonly now: number;
}

/** Thrown by a function that cannot make sense of its parameters. */
export class InvalidCall extends Error {}

export function findStock({ market, query }: Call): Listing {
  return find(market, 'stock', query.get('symbol'));
}

export function findCoin({ market, query }: Call): Listing {
  if (query.get('market')?.toUpperCase() !== 'USD') throw new InvalidCall();
  return find(market, 'crypto', query.get('symbol'));
}

export function findPair({ market, query }: Call): Listing {
  return find(market, 'fx', `${query.get('from_symbol')}${query.get('to_symbol')}`);
}

function find(market: Market, kind: Listing['kind'], symbol: string | null): Listing {
  const name = symbol?.toUpperCase();
  const found = market.listings.find((one) => one.kind === kind && one.names['alpha-vantage'] === name);
  if (found === undefined || name === undefined) throw new InvalidCall();
  return found;
}

/** `compact` unless it says `full`. */
export function wantsFull({ query }: Call): boolean {
  const size = query.get('outputsize') ?? 'compact';
  if (size !== 'compact' && size !== 'full') throw new InvalidCall();
  return size === 'full';
}

export const COMPACT = 100;
