import type { Listing, Market } from '../../market/market.js';
import { type Family, listingsOf } from './families.js';
import { readQuery } from './read-query.js';
import { Refusal } from './refusals.js';

/** The end of time, as they write it for contracts that never expire. */
const NEVER = 4_133_404_800_000;

export function answerExchangeInfo(
  family: Family,
  params: URLSearchParams,
  market: Market,
  now: number,
  weightLimit: number,
): unknown {
  const query = readQuery(params, family.id === 'spot' ? ['symbol', 'symbols', 'symbolStatus', 'permissions'] : []);
  const known = listingsOf(family, market).filter(({ listedFrom }) => listedFrom <= now);
  const wanted = readSymbols(query.text('symbol'), query.text('symbols'));
  const missing = wanted?.find((symbol) => !known.some(({ names }) => names[family.book] === symbol));
  if (missing !== undefined) throw new Refusal(-1121, 'Invalid symbol.');
  const status = query.text('symbolStatus');
  return {
    timezone: 'UTC',
    serverTime: now,
    ...(family.id === 'um' ? { futuresType: 'U_MARGINED' } : {}),
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightLimit },
      ...(family.id === 'spot'
        ? [{ rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 61_000 }]
        : []),
    ],
    exchangeFilters: [],
    symbols: known
      .filter(({ names }) => wanted === undefined || wanted.includes(names[family.book] as string))
      .map((listing) => describe(family, listing, now))
      .filter((entry) => status === undefined || entry.status === status),
  };
}

function readSymbols(symbol: string | undefined, symbols: string | undefined): readonly string[] | undefined {
  if (symbol !== undefined && symbols !== undefined) {
    throw new Refusal(-1128, 'Combination of optional parameters invalid.');
  }
  if (symbol !== undefined) return [symbol];
  if (symbols === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(symbols);
    if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
  } catch {
    // Falls through to the same refusal as a list of something else.
  }
  throw new Refusal(
    -1100,
    `Illegal characters found in parameter 'symbols'; legal range is '^\\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\\]$'.`,
  );
}

function describe(family: Family, listing: Listing, now: number): Readonly<Record<string, unknown>> {
  const symbol = listing.names[family.book] as string;
  const [, baseAsset = '', quoteAsset = ''] = /^(.+?)(USDT|USD)(?:_PERP)?$/.exec(symbol) ?? [];
  const trades = listing.listedUntil === undefined || listing.listedUntil > now;
  const tickSize = (10 ** -listing.decimals).toFixed(family.id === 'spot' ? 8 : listing.decimals);
  const filters = [{ filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '1000000.00000000', tickSize }];
  if (family.id === 'spot') {
    return {
      symbol,
      status: trades ? 'TRADING' : 'BREAK',
      baseAsset,
      baseAssetPrecision: 8,
      quoteAsset,
      quotePrecision: 8,
      quoteAssetPrecision: 8,
      orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'],
      icebergAllowed: true,
      isSpotTradingAllowed: trades,
      isMarginTradingAllowed: false,
      filters,
      permissions: ['SPOT'],
    };
  }
  const contract = {
    symbol,
    pair: `${baseAsset}${quoteAsset}`,
    contractType: 'PERPETUAL',
    deliveryDate: NEVER,
    onboardDate: listing.listedFrom,
    baseAsset,
    quoteAsset,
    pricePrecision: listing.decimals,
    quantityPrecision: family.id === 'um' ? 3 : 0,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    filters,
  };
  if (family.id === 'um') return { ...contract, status: trades ? 'TRADING' : 'SETTLING', marginAsset: quoteAsset };
  return { ...contract, contractStatus: trades ? 'TRADING' : 'SETTLING', contractSize: 100, marginAsset: baseAsset };
}
