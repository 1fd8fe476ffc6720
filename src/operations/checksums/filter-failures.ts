import type { Timeframe } from '../../market/timeframe.js';
import { matchGlob } from '../../sources/route/match-glob.js';
import type { ChecksumFailure } from '../../store/checksums/checksum-failure.js';

export interface FailureFilter {
  /** Names, in which `*` stands for anything; absent means all. */
  readonly symbols?: readonly string[] | undefined;
  readonly timeframes?: readonly Timeframe[] | undefined;
  /** A file's own period, or the year or month it begins with. */
  readonly dates?: readonly string[] | undefined;
}

/** The entries a filter lets through, by symbol, interval and date. */
export function filterFailures(
  failures: readonly ChecksumFailure[],
  { symbols, timeframes, dates }: FailureFilter,
): ChecksumFailure[] {
  const fits = ({ symbol, interval, date }: ChecksumFailure): boolean =>
    (symbols === undefined || symbols.some((pattern) => matchGlob(pattern, symbol))) &&
    (timeframes === undefined || timeframes.some((timeframe) => timeframe === interval)) &&
    (dates === undefined || dates.some((wanted) => date === wanted || date.startsWith(`${wanted}-`)));
  return failures.filter(fits).sort(byName);
}

function byName(a: ChecksumFailure, b: ChecksumFailure): number {
  return compare(a.symbol, b.symbol) || compare(a.interval, b.interval) || compare(a.date, b.date);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
