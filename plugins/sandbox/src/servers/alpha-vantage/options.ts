import type { ServerParts } from '../server.js';

export type Plan = 'free' | 'premium';

export interface AlphaVantageOptions {
  /** What a free key may: by default 25 requests a day and one a second. */
  readonly limits?: { readonly perDay?: number; readonly burst?: { readonly max: number; readonly perMs: number } };
  /** The plan of a key; undefined: no such key. By default keys say it themselves: `free…`, `premium…`. */
  readonly planOf?: (key: string) => Plan | undefined;
  /** The real time, by which a day ends. */
  readonly realNow?: () => number;
}

export type AlphaVantageParts = ServerParts & AlphaVantageOptions;

export function planByName(key: string): Plan | undefined {
  return key.startsWith('premium') ? 'premium' : key.startsWith('free') ? 'free' : undefined;
}
