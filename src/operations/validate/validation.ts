import type { Timeframe } from '../../market/timeframe.js';

/** The run that made it; absent where another job brought the document up to date. */
export interface ValidationRun {
  readonly runId: string;
  readonly command: string;
  readonly status: 'complete' | 'partial' | 'failed';
  readonly startedAt: string;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** The document of `cache validate-gaps`, which is also the file `validate-metadata.json`; instants are ISO 8601 UTC. */
export interface Validation extends Partial<ValidationRun> {
  readonly schemaVersion: 1;
  readonly generatedAt: string;
  readonly summary: {
    readonly series: number;
    readonly complete: number;
    readonly withGaps: number;
    readonly damaged: number;
    readonly missingBars: number;
  };
  readonly series: readonly SeriesValidation[];
}

export interface SeriesValidation {
  readonly symbol: string;
  readonly interval: Timeframe;
  readonly assetClass: string;
  readonly calendar: string;
  /** Who most of its rows came from. */
  readonly provider: string;
  /** 0 to 100. */
  readonly score: number;
  /** What the score is made of. */
  readonly scoreParts: Readonly<Record<string, number>>;
  readonly checkedAt: string;
  /** What was judged, half-open. */
  readonly from: string;
  readonly to: string;
  /** The generation of each year's file when it was judged: where it has changed since, this is out of date. */
  readonly generations: Readonly<Record<string, number>>;
  readonly years: readonly YearValidation[];
  readonly warnings: readonly Warning[];
  /** How much was read: counts prove the rest. */
  readonly read?: { readonly blocks: number; readonly blocksRead: number; readonly rowsRead: number };
  /** Every row was read. */
  readonly deep?: boolean;
}

export interface YearValidation {
  readonly year: number;
  readonly expected: number;
  readonly present: number;
  readonly explained: number;
  readonly missing: number;
  readonly duplicates: number;
  readonly invalid: number;
  readonly gaps: readonly Gap[];
  /** The months in which something is absent. */
  readonly months?: readonly MonthValidation[];
}

export interface MonthValidation {
  /** `2024-03` */
  readonly month: string;
  readonly expected: number;
  readonly explained: number;
  readonly missing: number;
}

export interface Gap {
  /** The open of its first missing bar. */
  readonly start: string;
  /** The close of its last one. */
  readonly end: string;
  readonly bars: number;
  /** `end − start`. */
  readonly hours: number;
  readonly kind: 'missing' | 'explained' | 'damaged';
  /** Why, where it is explained or damaged. */
  readonly reason?: string;
}

/** Something odd that is no fault by any rule, with what was seen. */
export interface Warning {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly detail: string;
}
