import { formatCount } from '../terminal/format.js';
import { count } from './count.js';
import { type MigratedSeries, sumOf } from './migrated.js';

/** Behind a number: `1 without prices, 2 twice`. */
const WORDS: Readonly<Record<string, string>> = {
  cut: 'cut',
  'no-time': 'without a time',
  'no-prices': 'without prices',
  'not-a-number': 'with a cell that is no number',
  'not-positive': 'with a price of zero or less',
  'high-low': 'with open or close outside low and high',
  'negative-volume': 'with a volume below zero',
  'off-grid': 'at a time when no bar opens',
  'outside-range': 'at a time that cannot be',
  'not-closed': 'not closed yet',
  duplicate: 'twice',
};

const SHOWN = 3;

/** Rows that are in the old files and were not taken, by reason. Files that were copied before told theirs then. */
export function countLeftOut(series: readonly MigratedSeries[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { state, survey } of series.flatMap(({ files }) => files)) {
    if (state === 'already') continue;
    for (const [reason, rows] of survey.refused) sums.set(reason, (sums.get(reason) ?? 0) + rows);
  }
  return sums;
}

/** The series that lost most, a line each, and all others in one. */
export function describeLeftOut(series: readonly MigratedSeries[]): string[] {
  const losers = series
    .map((each) => ({ each, rows: totalOf(countLeftOut([each])) }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
  const rest = losers.slice(SHOWN).map(({ each }) => each);
  return [
    ...losers.slice(0, SHOWN).map(({ each }) => `${each.symbol} ${each.timeframe}: ${spell(countLeftOut([each]))}`),
    ...(rest.length === 0 ? [] : [`${formatCount(rest.length)} more series (--json): ${spell(countLeftOut(rest))}`]),
  ];
}

export function totalOf(reasons: ReadonlyMap<string, number>): number {
  return sumOf([...reasons.values()], (rows) => rows);
}

/** `2 rows left out: 1 without prices, 1 twice`, the most first. */
function spell(reasons: ReadonlyMap<string, number>): string {
  const parts = [...reasons]
    .filter(([, rows]) => rows > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, rows]) => `${formatCount(rows)} ${WORDS[reason] ?? reason}`);
  return `${count(totalOf(reasons), 'row')} left out: ${parts.join(', ')}`;
}
