import { gridCount, type Timeframe } from '../../market/timeframe.js';
import { formatCount } from './format.js';
import { monthRuler, renderStrip, weekRange } from './strip.js';

export interface YearOfWeeks {
  readonly year: number;
  readonly weeks: readonly number[];
  /** By the calendar of its market; absent where nobody knows one. */
  readonly expected?: readonly number[] | undefined;
}

/** What a full week is measured against: the clock's own grid, or the fullest week there is. */
export type Measure = 'grid' | 'fullest';

/** How full each week is, 0 to 1. Weeks that have not ended yet are measured by the part that has. */
export function weekShares(
  of: YearOfWeeks,
  timeframe: Timeframe,
  measure: Measure,
  fullest: number,
  now: number,
): number[] {
  return of.weeks.map((count, week) => {
    const due = of.expected?.[week];
    if (due !== undefined) return due > 0 ? Math.min(1, count / due) : count > 0 ? 1 : 0;
    const { start, end } = weekRange(of.year, week);
    const until = Math.min(end, now);
    const share = (until - start) / (7 * 86_400_000);
    const expected = measure === 'grid' ? (gridCount(timeframe, start, until) ?? 0) : fullest * Math.min(1, share);
    return expected > 0 ? Math.min(1, count / expected) : count > 0 ? 1 : 0;
  });
}

export interface StripOptions {
  readonly timeframe: Timeframe;
  readonly measure: Measure;
  readonly now: number;
  readonly unicode: boolean;
}

/** A line a year under a ruler of months: 53 weeks between bars, and the rows behind them. */
export function renderStrips(
  years: readonly YearOfWeeks[],
  { timeframe, measure, now, unicode }: StripOptions,
): string[] {
  const fullest = Math.max(0, ...years.flatMap(({ weeks }) => weeks));
  const edge = unicode ? '│' : '|';
  const counts = years.map(({ weeks }) => formatCount(weeks.reduce((sum, count) => sum + count, 0)));
  const width = Math.max(...counts.map((count) => count.length), 4);
  const lines = years.map((year, i) => {
    const strip = renderStrip(weekShares(year, timeframe, measure, fullest, now), unicode);
    return `${year.year} ${edge}${strip}${edge} ${(counts[i] as string).padStart(width)}`;
  });
  const ruler = `     ${edge}${monthRuler(years[0]?.year ?? 2024)}${edge} ${'ROWS'.padStart(width)}`;
  return [ruler, ...lines];
}

/** What a full cell holds. */
export function describeMeasure(timeframe: Timeframe, calendar: string): string {
  if (timeframe === 'ticks') return 'as many as in the fullest week here';
  return calendar === '24x7' ? 'every bar of a market that never closes' : `every bar of its calendar, ${calendar}`;
}
