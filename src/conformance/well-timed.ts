import { DAY } from '../market/timeframe.js';
import type { Run, SeenRow } from './run.js';

export type Unit = 'milliseconds' | 'seconds' | 'microseconds' | 'nanoseconds';

const UNITS: readonly (readonly [Unit, number])[] = [
  ['seconds', 1000],
  ['microseconds', 1 / 1000],
  ['nanoseconds', 1 / 1_000_000],
];

/** Another unit only where it would put the row near what was asked: a row of another time is another mistake. */
export function unitOf(time: number, { request }: Run): Unit {
  const near = (instant: number): boolean => instant >= request.start - 366 * DAY && instant <= request.end + 366 * DAY;
  if (near(time)) return 'milliseconds';
  return UNITS.find(([, factor]) => near(time * factor))?.[0] ?? 'milliseconds';
}

/** Rows of the right unit: the others break one rule of their own, and not every other one besides. */
export function wellTimed(run: Run, rows: readonly SeenRow[] = run.rows): readonly SeenRow[] {
  return rows.filter(({ time }) => unitOf(time, run) === 'milliseconds');
}

/** What the host would be left with: inside, ascending, each once. For rules about something else than that. */
export function tidy(run: Run): readonly SeenRow[] {
  const { start, end } = run.request;
  const byTime = new Map(run.rows.map((row) => [row.time, row]));
  return [...byTime.values()].filter(({ time }) => time >= start && time < end).sort((a, b) => a.time - b.time);
}
