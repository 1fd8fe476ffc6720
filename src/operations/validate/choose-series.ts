import { AlmanacError } from '../../market/almanac-error.js';
import { nearestNames } from '../../market/nearest.js';
import type { Timeframe } from '../../market/timeframe.js';
import { matchGlob } from '../../sources/route/match-glob.js';
import type { Store } from '../../store/face.js';

export interface SeriesName {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

export interface ChosenSeries {
  readonly series: readonly SeriesName[];
  /** Named, and not in the cache. */
  readonly strangers: readonly string[];
  /** Why a symbol's folder could not be looked into, in a sentence each. */
  readonly unread: readonly string[];
  /** No series was left out. */
  readonly whole: boolean;
}

export interface SeriesChoice {
  /** Names, in which `*` stands for anything; absent means all. */
  readonly symbols?: readonly string[] | undefined;
  readonly timeframes?: readonly Timeframe[] | undefined;
}

/** The series to be judged, by the names of folders alone: their sidecars are read once, when they are judged. */
export async function chooseSeries(store: Store, choice: SeriesChoice): Promise<ChosenSeries> {
  const known = await store.symbols();
  const strangers = (choice.symbols ?? []).filter((symbol) => !known.some((each) => matchGlob(symbol, each)));
  if (choice.symbols !== undefined && strangers.length === choice.symbols.length)
    throw new AlmanacError('SYMBOL_UNKNOWN', describeStrangers(strangers, known, store.folder), {
      suggestions: ['almanac cache list'],
    });
  const series: SeriesName[] = [];
  const unread: AlmanacError[] = [];
  for (const symbol of known) {
    if (choice.symbols !== undefined && !choice.symbols.some((each) => matchGlob(each, symbol))) continue;
    const timeframes = await store.timeframes(symbol).catch((error: unknown) => {
      if (!(error instanceof AlmanacError) || error.code !== 'STORE_DAMAGED') throw error;
      unread.push(error);
      return [];
    });
    for (const timeframe of timeframes)
      if (choice.timeframes === undefined || choice.timeframes.includes(timeframe)) series.push({ symbol, timeframe });
  }
  if (series.length === 0 && unread[0] !== undefined) throw unread[0];
  const whole = choice.symbols === undefined && choice.timeframes === undefined && unread.length === 0;
  if (series.length === 0 && !whole) throw new AlmanacError('NO_DATA', `no series in ${store.folder} matches`);
  return { series, strangers, unread: unread.map(({ message }) => message), whole };
}

function describeStrangers(strangers: readonly string[], known: readonly string[], folder: string): string {
  const [only] = strangers;
  const nearest = strangers.length === 1 ? nearestNames(only as string, known) : [];
  const hint = nearest.length === 0 ? '' : `; did you mean ${nearest.join(', ')}?`;
  return `there is no ${strangers.join(', no ')} in ${folder}${hint}`;
}
