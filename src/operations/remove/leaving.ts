import type { AlmanacError } from '../../market/almanac-error.js';
import type { Timeframe } from '../../market/timeframe.js';

/** What leaves a cache for quarantine, of one series. */
export interface Leaving {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Half-open; undefined where nothing of it can be read. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Undefined where no sidecar says. */
  readonly rows: number | undefined;
  readonly bytes: number;
  readonly warnings: readonly string[];
}

/** The same once it was tried. */
export interface Left<T extends Leaving = Leaving> {
  readonly leaving: T;
  /** Under which it lies in quarantine. */
  readonly ids: readonly string[];
  /** The one of them that would replace what stayed of its year. */
  readonly cut?: string;
  readonly error?: AlmanacError;
}
