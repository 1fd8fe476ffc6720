import type { Listing, Market } from '../../market/market.js';
import { derivListings, displayNameOf, nameOf, placeOf } from './listings.js';
import { isOpen } from './market-state.js';
import type { Generation } from './options.js';

type Row = Readonly<Record<string, string | number>>;

/** The new API renames four properties and drops the names meant for people. */
export function answerActiveSymbols(market: Market, now: number, generation: Generation): Row[] {
  return derivListings(market).map((listing, order) => {
    const common = commonRow(market, listing, order, now);
    return generation === 'new' ? newRow(listing, common) : legacyRow(listing, common);
  });
}

function commonRow(market: Market, listing: Listing, order: number, now: number): Row {
  const place = placeOf(listing);
  return {
    allow_forward_starting: listing.kind === 'synthetic' ? 1 : 0,
    display_order: order + 1,
    exchange_is_open: isOpen(market, listing, now) ? 1 : 0,
    is_trading_suspended: listing.listedUntil !== undefined && listing.listedUntil <= now ? 1 : 0,
    market: place.market,
    subgroup: listing.kind === 'synthetic' ? 'synthetics' : 'none',
    submarket: place.submarket,
  };
}

function legacyRow(listing: Listing, common: Row): Row {
  const place = placeOf(listing);
  return {
    ...common,
    display_name: displayNameOf(listing),
    market_display_name: place.marketName,
    pip: pipOf(listing),
    subgroup_display_name: listing.kind === 'synthetic' ? 'Synthetics' : 'None',
    submarket_display_name: place.submarketName,
    symbol: nameOf(listing) as string,
    symbol_type: place.type,
  };
}

function newRow(listing: Listing, common: Row): Row {
  return {
    ...common,
    pip_size: pipOf(listing),
    underlying_symbol: nameOf(listing) as string,
    underlying_symbol_name: displayNameOf(listing),
    underlying_symbol_type: placeOf(listing).type,
  };
}

function pipOf(listing: Listing): number {
  return Number((10 ** -listing.decimals).toFixed(listing.decimals));
}
