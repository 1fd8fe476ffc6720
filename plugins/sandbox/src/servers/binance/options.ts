import type { ServerParts } from '../server.js';

export interface BinanceOptions {
  /** Weight a window, where a test wants less than theirs. */
  readonly weightLimits?: { readonly spot?: number; readonly um?: number; readonly cm?: number };
  /** A minute; shorter for tests that cannot wait. */
  readonly windowMs?: number;
  /** How many 429 in one window before the address is banned. */
  readonly patience?: number;
  /** How long the first ban lasts, the second … */
  readonly banMs?: readonly number[];
  /** The crooked hours of February 2018; true unless said otherwise. */
  readonly offGrid?: boolean;
}

export type BinanceParts = ServerParts & BinanceOptions;

/** From two minutes to three days, longer each time. */
export const DEFAULT_BANS: readonly number[] = [120_000, 600_000, 3_600_000, 86_400_000, 259_200_000];
