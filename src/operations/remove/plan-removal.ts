import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';
import type { Store } from '../../store/face.js';
import { listSeriesFolders, type SeriesFolder } from '../../store/upkeep/remove-files.js';
import { symbolUnknown } from '../series/find-series.js';
import type { Leaving } from './leaving.js';

/** Every interval of a symbol, or the one named; what is not there is an error that names what is. */
export async function planRemoval(store: Store, symbol: string, timeframe?: Timeframe): Promise<Leaving[]> {
  const folders = await listSeriesFolders(store.folder, symbol);
  if (folders.length === 0) throw symbolUnknown(store.folder, symbol, await store.symbols());
  const chosen = folders.filter((each) => timeframe === undefined || each.timeframe === timeframe);
  if (chosen.length === 0) {
    const there = folders.map((each) => each.timeframe).join(', ');
    throw new AlmanacError('NO_DATA', `${symbol} has no ${timeframe} in ${store.folder}; it has ${there}`);
  }
  return Promise.all(chosen.map((each) => describe(store, symbol, each)));
}

async function describe(store: Store, symbol: string, folder: SeriesFolder): Promise<Leaving> {
  const { timeframe, bytes, foreign } = folder;
  // A sidecar of a newer program cannot be read here, and moving needs nothing of it.
  const info = await store
    .series(symbol, timeframe)
    .info()
    .catch(() => undefined);
  const whole = info !== undefined && info.unproved.length === 0;
  return {
    symbol,
    timeframe,
    from: info?.first,
    to: info?.last === undefined ? undefined : closeOf(timeframe, info.last),
    rows: whole ? info.rows : undefined,
    bytes,
    warnings: foreign.length === 0 ? [] : [stays(path.join(store.folder, symbol, timeframe), foreign)],
  };
}

function stays(folder: string, names: readonly string[]): string {
  return `${names.join(', ')} in ${folder} ${names.length === 1 ? 'is' : 'are'} not Almanac's and will stay there`;
}
