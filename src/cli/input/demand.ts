import type { Timeframe } from '../../market/timeframe.js';

/** What somebody wants kept, before patterns are looked up and providers chosen. */
export interface Demand {
  /** Names; in a pattern `*` stands for anything. */
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  /** Absent: as far back as there is. */
  readonly start?: number;
  /** Absent: to the last closed bar. */
  readonly end?: number;
}
