import type { Listing, Market } from '../../market/market.js';
import { DerivError } from './deriv-error.js';

/** What this server lists; its names are case-sensitive, and only its own count. */
export function derivListings(market: Market): Listing[] {
  return market.listings.filter((listing) => nameOf(listing) !== undefined);
}

export function nameOf(listing: Listing): string | undefined {
  return listing.names.deriv;
}

export function findListing(market: Market, name: string): Listing {
  const listing = market.listings.find((candidate) => nameOf(candidate) === name);
  if (listing === undefined) throw new DerivError('InvalidSymbol', `Symbol ${name} is invalid.`);
  return listing;
}

/** Where it stands in their tree: market, submarket, and how people read the names. */
export function placeOf(listing: Listing) {
  switch (listing.kind) {
    case 'synthetic':
      return {
        market: 'synthetic_index',
        marketName: 'Derived',
        submarket: 'random_index',
        submarketName: 'Continuous Indices',
        type: 'stockindex',
      };
    case 'fx':
      return {
        market: 'forex',
        marketName: 'Forex',
        submarket: 'major_pairs',
        submarketName: 'Major Pairs',
        type: 'forex',
      };
    case 'crypto':
      return {
        market: 'cryptocurrency',
        marketName: 'Cryptocurrencies',
        submarket: 'non_stable_coin',
        submarketName: 'Cryptocurrencies',
        type: 'cryptocurrency',
      };
    case 'stock':
      return {
        market: 'indices',
        marketName: 'Stock Indices',
        submarket: 'americas_OTC',
        submarketName: 'American indices',
        type: 'stockindex',
      };
  }
}

export function displayNameOf(listing: Listing): string {
  const name = nameOf(listing) ?? listing.symbol;
  const volatility = /^R_(\d+)$/.exec(name) ?? /^1HZ(\d+)V$/.exec(name);
  if (volatility) return `Volatility ${volatility[1]}${name.startsWith('1HZ') ? ' (1s)' : ''} Index`;
  const pair = /^(?:frx|cry)([A-Z]{3})([A-Z]{3})$/.exec(name);
  return pair ? `${pair[1]}/${pair[2]}` : name;
}
