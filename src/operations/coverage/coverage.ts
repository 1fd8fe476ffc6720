import type { Range } from '../../market/range.js';

/** `expected = present + explained + missing`, in bars; slots in which the market is closed are counted nowhere. */
export interface Counts {
  readonly expected: number;
  readonly present: number;
  readonly explained: number;
  readonly missing: number;
}

/** From the open of the first bar that is not there to the close of the last. */
export interface Hole extends Range {
  readonly bars: number;
}

export interface SeriesCoverage extends Counts {
  /** What is missing. */
  readonly holes: readonly Hole[];
  /** What is explained only because the exchange stood still then: nobody needs to have been asked yet. */
  readonly still: readonly Hole[];
}
