import { AlmanacError } from '../../market/almanac-error.js';
import type { Store } from '../../store/face.js';
import type { SeriesName } from './choose-series.js';
import { expectSeries } from './expect-series.js';
import type { ExpectTools } from './expected-series.js';
import { rememberYears } from './remember-years.js';
import { type ValidateOptions, validateSeries } from './validate-series.js';
import type { SeriesValidation } from './validation.js';

export interface ValidateTools {
  readonly store: Store;
  readonly expecting: ExpectTools;
  readonly onSeries?: ((done: number, total: number) => void) | undefined;
}

export interface CacheVerdict {
  readonly results: readonly SeriesValidation[];
  /** Series that could not be judged, and why. */
  readonly failed: readonly (SeriesName & { readonly error: AlmanacError })[];
}

/** One series after another: what it takes is reading sidecars, which is quick, and reading more at once is not quicker. */
export async function validateCache(
  names: readonly SeriesName[],
  { store, expecting, onSeries }: ValidateTools,
  options: ValidateOptions,
): Promise<CacheVerdict> {
  const results: SeriesValidation[] = [];
  const failed: (SeriesName & { error: AlmanacError })[] = [];
  for (const [i, { symbol, timeframe }] of names.entries()) {
    options.signal?.throwIfAborted();
    try {
      const series = rememberYears(store.series(symbol, timeframe));
      results.push(await validateSeries(series, await expectSeries(series, expecting), options));
    } catch (error) {
      if (!(error instanceof AlmanacError) || error.code === 'CONFIG_INVALID') throw error;
      failed.push({ symbol, timeframe, error });
    }
    onSeries?.(i + 1, names.length);
  }
  return { results, failed };
}
