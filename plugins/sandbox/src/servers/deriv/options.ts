import type { ServerParts } from '../server.js';

export type Generation = 'legacy' | 'new';

export interface DerivOptions {
  readonly generation?: Generation;
  /** Calls of one connection, pings apart, in a sliding window of real time. */
  readonly rateLimit?: { readonly max: number; readonly perMs: number };
  /** A connection without traffic for so long is closed. */
  readonly idleMs?: number;
  /** Accepts everything and answers nothing. */
  readonly silent?: boolean;
  /** Answers overtake each other, by up to so many ms. */
  readonly shuffleMs?: number;
  /** What becomes of a count above the cap: nobody has seen for certain. */
  readonly overCap?: 'clamp' | 'refuse';
  /** Whether answers repeat the request; by default the legacy API does. */
  readonly echo?: boolean;
  /** Tokens that authorize accepts. */
  readonly tokens?: readonly string[];
  /** How often a subscription sends. */
  readonly pushMs?: number;
}

export type DerivParts = ServerParts & DerivOptions;

export const COUNT_CAP = 5000;

export const PATHS: Readonly<Record<Generation, string>> = {
  legacy: '/websockets/v3',
  new: '/trading/v1/options/ws/public',
};

export const RATE_LIMITS = {
  legacy: { max: 180, perMs: 60_000 },
  new: { max: 220, perMs: 60_000 },
} satisfies Record<Generation, DerivOptions['rateLimit']>;
