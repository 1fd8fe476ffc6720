import type { Listing } from '../../market/market.js';
import type { WireReply } from '../serve-http.js';
import { type Call, InvalidCall } from './call.js';

const FIELDS = ['symbol', 'name', 'type', 'region', 'marketOpen', 'marketClose', 'timezone', 'currency', 'matchScore'];

export function searchSymbols({ query, market }: Call): WireReply {
  const words = query.get('keywords')?.trim().toUpperCase();
  if (!words) throw new InvalidCall();
  const matches = market.listings
    .filter((listing) => listing.kind === 'stock' && listing.names['alpha-vantage']?.includes(words))
    .map((listing) => ({ listing, score: words.length / (listing.names['alpha-vantage'] as string).length }))
    .sort((a, b) => b.score - a.score)
    .map(({ listing, score }) => valuesOf(listing, score));
  if (query.get('datatype') === 'csv') {
    const body = [FIELDS.join(','), ...matches.map((values) => values.join(',')), ''].join('\r\n');
    return { status: 200, headers: { 'content-type': 'application/x-download' }, body };
  }
  const bestMatches = matches.map((values) =>
    Object.fromEntries(FIELDS.map((field, at) => [`${at + 1}. ${field}`, values[at]])),
  );
  const body = JSON.stringify({ bestMatches }, null, 4);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function valuesOf(listing: Listing, score: number): string[] {
  const symbol = listing.names['alpha-vantage'] as string;
  return [
    symbol,
    `${symbol} (sandbox)`,
    'Equity',
    'United States',
    '09:30',
    '16:00',
    'UTC-04',
    'USD',
    score.toFixed(4),
  ];
}
