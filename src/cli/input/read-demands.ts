import { AlmanacError } from '../../market/almanac-error.js';
import type { LoadedSettings } from '../../settings/settings.js';
import { type DateFlags, readDateRange } from './date-range.js';
import type { Demand } from './demand.js';
import { readInterval } from './read-interval.js';
import { type ListedSymbol, readSymbolsFile } from './read-symbols-file.js';
import { readWatch } from './read-watch.js';

export interface DemandFlags extends DateFlags {
  readonly symbols?: readonly string[] | undefined;
  readonly 'symbols-file'?: string | undefined;
  readonly all?: boolean | undefined;
  readonly intervals?: readonly string[] | undefined;
}

export interface Demands {
  readonly demands: readonly Demand[];
  readonly from: 'flags' | 'file' | 'watch';
}

/** What was typed, what the file lists, or else what the settings watch; what is typed wins over what a list says. */
export async function readDemands(
  flags: DemandFlags,
  loaded: Pick<LoadedSettings, 'settings' | 'file'>,
): Promise<Demands> {
  const range = readDateRange(flags);
  const timeframes = flags.intervals && [...new Set(flags.intervals.map(readInterval))];
  const symbols = flags.all ? ['*'] : [...new Set(flags.symbols ?? [])].filter((symbol) => symbol !== '');
  const file = flags['symbols-file'];
  if (symbols.length === 0 && flags.symbols !== undefined && file === undefined) throw lacking('--symbols');
  if (symbols.length === 0 && file === undefined) {
    const watched = readWatch(loaded);
    const demands = watched.map((each) => narrow({ ...each, ...(timeframes && { timeframes }) }, range));
    return { demands, from: 'watch' };
  }
  if (symbols.length > 0 && (timeframes === undefined || timeframes.length === 0)) throw lacking('--intervals');
  const typed = symbols.length === 0 ? [] : [{ symbols, timeframes: timeframes ?? [], ...range }];
  const listed = file === undefined ? [] : await readSymbolsFile(file);
  const read = listed.map((each) => narrow(demandOf(each, timeframes, file as string), range));
  return { demands: [...typed, ...read], from: file === undefined ? 'flags' : 'file' };
}

function demandOf(listed: ListedSymbol, typed: Demand['timeframes'] | undefined, file: string): Demand {
  const { symbol, line, earliest } = listed;
  const chosen = typed ?? listed.timeframes;
  if (chosen === undefined)
    throw new AlmanacError(
      'USAGE',
      `line ${line} of ${file}: ${symbol} has no intervals, and --intervals is not given`,
      {
        suggestions: [`almanac cache populate --symbols-file ${file} --intervals 1h,1d`],
      },
    );
  return { symbols: [symbol], timeframes: chosen, ...(earliest === undefined ? {} : { start: earliest }) };
}

/** The later of two beginnings, and the end that was typed. */
function narrow(demand: Demand, { start, end }: { readonly start?: number; readonly end?: number }): Demand {
  const from = Math.max(demand.start ?? Number.NEGATIVE_INFINITY, start ?? Number.NEGATIVE_INFINITY);
  return { ...demand, ...(Number.isFinite(from) ? { start: from } : {}), ...(end === undefined ? {} : { end }) };
}

function lacking(flag: string): AlmanacError {
  return new AlmanacError('USAGE', `${flag} must say what to fetch`, {
    suggestions: ['almanac cache populate --symbols BTCUSDT --intervals 1h,1d --start-date 2024-01-01'],
  });
}
