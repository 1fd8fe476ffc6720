import { AlmanacError } from '../../market/almanac-error.js';
import { nearestNames } from '../../market/nearest.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Series, Store } from '../../store/face.js';

/** A series that exists, or NO_DATA that names the nearest ones that do. */
export async function findSeries(store: Store, symbol: string, timeframe: Timeframe): Promise<Series> {
  const timeframes = await store.timeframes(symbol);
  if (timeframes.includes(timeframe)) return store.series(symbol, timeframe);
  if (timeframes.length > 0) {
    throw new AlmanacError(
      'NO_DATA',
      `${symbol} has no ${timeframe} in ${store.folder}; it has ${timeframes.join(', ')}`,
    );
  }
  throw symbolUnknown(store.folder, symbol, await store.symbols());
}

export function symbolUnknown(folder: string, symbol: string, known: readonly string[]): AlmanacError {
  const nearest = nearestNames(symbol, known);
  const hint = nearest.length === 0 ? '' : `; did you mean ${nearest.join(', ')}?`;
  return new AlmanacError('NO_DATA', `there is no ${symbol} in ${folder}${hint}`);
}
