import { type Expectation, expectedCount, expectedOpens } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { closeOf, openOf, stepOf } from '../../market/timeframe.js';

/** Bars one after another that should be there and are not; between them the market may have been closed. */
export interface Absent {
  /** The open of the first. */
  readonly start: number;
  /** The open of the last. */
  readonly last: number;
  readonly bars: number;
}

/** Every bar that should open in the range, as if none were there; undefined where none should. By arithmetic where it can be. */
export function spanOf(expectation: Expectation, range: Range): Absent | undefined {
  const { calendar, timeframe } = expectation;
  const bars = expectedCount(expectation, range) ?? 0;
  if (bars === 0) return undefined;
  const step = stepOf(timeframe);
  if (calendar.sessions === undefined && step !== undefined) {
    const open = openOf(timeframe, range.start);
    const start = open < range.start ? closeOf(timeframe, open) : open;
    return { start, last: start + (bars - 1) * step, bars };
  }
  const opens = expectedOpens(expectation, range);
  return { start: opens[0] as number, last: opens.at(-1) as number, bars };
}

/** Adds a run behind the others; with nothing expected between, it is the last one going on. */
export function joinAbsent(runs: Absent[], run: Absent, expectation: Expectation): void {
  const before = runs.at(-1);
  const between = before && { start: before.last + 1, end: run.start };
  if (before !== undefined && between !== undefined && expectedCount(expectation, between) === 0)
    runs[runs.length - 1] = { start: before.start, last: run.last, bars: before.bars + run.bars };
  else runs.push(run);
}

/** The part of a run whose bars open in the range. */
export function cutAbsent(run: Absent, range: Range, expectation: Expectation): Absent | undefined {
  if (range.start <= run.start && range.end > run.last) return run;
  const within = { start: Math.max(run.start, range.start), end: Math.min(run.last + 1, range.end) };
  if (within.start >= within.end) return undefined;
  if (expectation.timeframe === 'ticks') return { start: within.start, last: within.end - 1, bars: 0 };
  return spanOf(expectation, within);
}
