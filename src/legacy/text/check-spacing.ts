import { DAY, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { SampleRow } from './look-at-table.js';

const MINUTE = 60_000;

/** `1m` and `1M` are one folder on many disks, and some tools call a month `1m`: the rows decide. */
export function checkMonth(
  named: Timeframe,
  rows: readonly SampleRow[],
): { timeframe: Timeframe; notes: readonly string[] } {
  const spacing = leastSpacing(rows);
  if (named === '1m' && spacing >= 28 * DAY && spacing < Number.POSITIVE_INFINITY)
    return { timeframe: '1mo', notes: ['its folder says minutes and its bars are months'] };
  if (named === '1mo' && spacing === MINUTE)
    return { timeframe: '1m', notes: ['its folder says months and its bars are minutes'] };
  return { timeframe: named, notes: [] };
}

/** Bars of days or longer under the name of a shorter timeframe: Alpha Vantage's `4h` were that. */
export function holdsDays(timeframe: Timeframe, rows: readonly SampleRow[]): boolean {
  const step = stepOf(timeframe);
  if (step === undefined || step >= DAY || rows.length < 2) return false;
  return leastSpacing(rows) >= DAY && rows.every(({ stamp, time }) => stamp.length <= 10 || time % DAY === 0);
}

function leastSpacing(rows: readonly SampleRow[]): number {
  const times = [...new Set(rows.map(({ time }) => time))].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < times.length; i++) least = Math.min(least, (times[i] as number) - (times[i - 1] as number));
  return least;
}
