import type { ServerParts } from '../server.js';

export interface YahooOptions {
  /** Requests from this address in a sliding window of real time. */
  readonly rateLimit?: { readonly max: number; readonly perMs: number };
  /** Single oddities of the real one can be left out; all are there by default. */
  readonly quirks?: Partial<Quirks>;
}

/** Each is something the real server has been seen to do. */
export interface Quirks {
  /** A last row stamped with the last trade, off the grid and without volume; on half days two of them. */
  readonly extraRows: boolean;
  /** Hourly bars of a half day lack the one that opens at 12:30. */
  readonly halfDayHole: boolean;
  /** The first minute of a window has now and then no volume. */
  readonly firstMinuteEmpty: boolean;
  /** Slots in which nothing traded, and holidays, are rows of nulls. */
  readonly nullRows: boolean;
}

export type YahooParts = ServerParts & YahooOptions;

export const ALL_QUIRKS: Quirks = { extraRows: true, halfDayHole: true, firstMinuteEmpty: true, nullRows: true };

export const RATE_LIMIT = { max: 300, perMs: 60_000 };
