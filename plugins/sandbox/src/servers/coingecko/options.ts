import type { ServerParts } from '../server.js';

export type Plan = 'none' | 'demo' | 'pro';

export interface CoinGeckoOptions {
  /** Requests in a sliding window of real time, by plan. */
  readonly rateLimits?: Readonly<Partial<Record<Plan, { readonly max: number; readonly perMs: number }>>>;
  /** How it says no: with 429, with 429's words under status 200, or in one plain word. */
  readonly throttle?: 'status' | 'ok' | 'text';
  /** Which of its hosts this is; `both` serves whoever sends the right header. */
  readonly host?: 'public' | 'pro' | 'both';
}

export type CoinGeckoParts = ServerParts & CoinGeckoOptions;

export const RATE_LIMITS: Readonly<Record<Plan, { readonly max: number; readonly perMs: number }>> = {
  none: { max: 15, perMs: 60_000 },
  demo: { max: 100, perMs: 60_000 },
  pro: { max: 500, perMs: 60_000 },
};
