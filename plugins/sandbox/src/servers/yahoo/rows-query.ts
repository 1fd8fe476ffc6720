import type { Listing, Market } from '../../market/market.js';
import type { Interval } from './intervals.js';
import type { Quirks } from './options.js';

export interface RowsQuery {
  readonly market: Market;
  readonly listing: Listing;
  readonly interval: Interval;
  /** Both inclusive on the stamp, ms. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly prePost: boolean;
  readonly quirks: Quirks;
}
