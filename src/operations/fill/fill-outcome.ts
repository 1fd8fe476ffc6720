import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';

export type FillOutcome = 'filled' | 'partly' | 'explained' | 'refused' | 'out-of-reach' | 'throttled' | 'failed';

/** What became of one gap. */
export interface GapOutcome extends Range {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  readonly outcome: FillOutcome;
  /** Who filled it, or whoever was asked last; undefined where nobody could be. */
  readonly provider: string | undefined;
  /** Whose bars lie beside it. */
  readonly besides: readonly string[];
  readonly rowsAdded: number;
  readonly requests: number;
  /** In a sentence without a capital letter or a full stop. */
  readonly reason: string;
  /** When a throttled provider may be asked again, by the real clock. */
  readonly until?: number | undefined;
  /** Refused for its bars, which two sources side by side would show. */
  readonly compared?: true;
}

/** What one gap would take. */
export interface GapPlan extends Range {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  /** Undefined where nobody can be asked. */
  readonly provider: string | undefined;
  /** Its own; a gap that shares the pages of the one before it needs none. */
  readonly requests: number;
  readonly weight: number;
  readonly reason: string;
}

export interface FillReport {
  readonly gaps: readonly GapOutcome[];
  /** Gaps longer than the limit: not asked for. */
  readonly beyondLimit: number;
  /** Gaps that were asked for and not looked at, because the run was stopped. */
  readonly untouched: number;
  readonly warnings: readonly string[];
  /** Series whose report tells of damage: they are not whole, whatever was filled. */
  readonly damaged: number;
  readonly interrupted: boolean;
  /** The store itself gave up: a full disk, a lost lock. */
  readonly fatal: unknown;
}
