import type { Listing, Market } from '../../market/market.js';

export interface Coin {
  readonly id: string;
  /** Lower case, and nobody's alone. */
  readonly symbol: string;
  readonly name: string;
  readonly rank: number | null;
  readonly supply: number;
}

/** The coins there are prices of, an impostor with a great coin's ticker, and two that nobody can tell apart. */
export const COINS: readonly Coin[] = [
  { id: 'bridged-bitcoin-sandbox', symbol: 'btc', name: 'Bridged Bitcoin (Sandbox)', rank: null, supply: 21_000 },
  { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin', rank: 1, supply: 19_700_000 },
  { id: 'ethereum', symbol: 'eth', name: 'Ethereum', rank: 2, supply: 120_000_000 },
  { id: 'gold-of-fools', symbol: 'gold', name: 'Gold of Fools', rank: null, supply: 0 },
  { id: 'golden-grain', symbol: 'gold', name: 'Golden Grain', rank: null, supply: 0 },
  { id: 'solana', symbol: 'sol', name: 'Solana', rank: 6, supply: 580_000_000 },
];

/** Undefined: no such coin. A coin may exist and have no prices. */
export function findCoin(id: string): Coin | undefined {
  return COINS.find((coin) => coin.id === id);
}

export function listingOf(coin: Coin, market: Market): Listing | undefined {
  return market.listings.find(({ names }) => names.coingecko === coin.id);
}

export function searchCoins(query: string): readonly Coin[] {
  const wanted = query.toLowerCase();
  return COINS.filter(({ id, symbol, name }) => [id, symbol, name.toLowerCase()].some((text) => text.includes(wanted)));
}
