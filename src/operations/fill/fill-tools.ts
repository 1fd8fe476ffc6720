import type { Expectation } from '../../market/expected.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Host } from '../../sources/host/create-host.js';
import type { SeriesInfo, Store } from '../../store/face.js';
import type { NoteBook } from '../populate/notes.js';
import type { SeriesValidation } from '../validate/validation.js';
import type { GapOutcome } from './fill-outcome.js';
import type { AlternateTools } from './find-alternates.js';

export interface FillOptions {
  /** Longer gaps are left; a gap of exactly this is not longer. */
  readonly maxGapMs?: number | undefined;
  /** How far a source's closes may lie from those beside the gap, as a share. */
  readonly tolerance: number;
  /** Store the alternate's volume too, although it is another venue's. */
  readonly takeVolume: boolean;
  /** Judge every series anew, whatever the report says. */
  readonly revalidate: boolean;
}

export interface FillTools extends AlternateTools {
  readonly store: Store;
  readonly host: (provider: string) => Promise<Host>;
  readonly notes: NoteBook;
  readonly noteName: (symbol: string, timeframe: Timeframe) => string;
  /** The data clock. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly expect: (info: SeriesInfo) => Promise<Expectation>;
  readonly validate: (info: SeriesInfo, signal?: AbortSignal) => Promise<SeriesValidation>;
  /** What the report on disk says of a series, whether or not it still holds. */
  readonly known: (info: SeriesInfo) => Promise<SeriesValidation | undefined>;
  /** Puts entries into the report on disk. */
  readonly keep: (entries: readonly SeriesValidation[]) => Promise<void>;
  readonly report: (event: FillEvent) => void;
}

/** What happens on the way, for whoever draws it. */
export type FillEvent =
  | { readonly kind: 'planned'; readonly gaps: number; readonly series: number }
  | { readonly kind: 'gap'; readonly gap: GapOutcome; readonly done: number; readonly total: number };
