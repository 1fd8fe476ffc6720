import type { ServerParts } from './server.js';

/** What a server that counts requests in one window can be told. */
export interface RateOptions {
  /** Requests in a sliding window of real time, where a test wants another than theirs. */
  readonly rateLimit?: { readonly max: number; readonly perMs: number };
}

export type RatedParts = ServerParts & RateOptions;
