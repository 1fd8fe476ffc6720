import type { Timeframe } from '../../market/timeframe.js';
import type { SeriesInfo, Store } from '../../store/face.js';
import { symbolUnknown } from './find-series.js';

export interface SeriesFilter {
  /** Names, in which `*` stands for anything; absent means all. */
  readonly symbols?: readonly string[] | undefined;
  readonly timeframes?: readonly Timeframe[] | undefined;
}

/** The series a filter lets through; a name without a star that is not there at all is an error, not an empty list. */
export function filterSeries(
  store: Pick<Store, 'folder'>,
  all: readonly SeriesInfo[],
  filter: SeriesFilter,
): SeriesInfo[] {
  const known = [...new Set(all.map((info) => info.symbol))];
  const missing = filter.symbols?.find((symbol) => !symbol.includes('*') && !known.includes(symbol));
  if (missing !== undefined) throw symbolUnknown(store.folder, missing, known);
  const patterns = filter.symbols?.map(patternOf);
  return all.filter((info) => {
    const named = patterns === undefined || patterns.some((pattern) => pattern.test(info.symbol));
    return named && (filter.timeframes === undefined || filter.timeframes.includes(info.timeframe));
  });
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
