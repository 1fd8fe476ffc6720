import { mergeRanges, type Range } from '../../market/range.js';
import type { Coverage } from '../../store/face.js';
import type { Hole, SeriesCoverage } from './coverage.js';

/** Nobody knows how many ticks there should be: what lies before, between and after the stored days is missing. */
const QUIET_MS = 10 * 60_000;

export function coverTicks({ blocks, rows, explained }: Coverage, range: Range): SeriesCoverage {
  const there = blocks.map(({ first, last }) => ({ start: first, end: last + 1 }));
  const reasons = explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) }));
  const holes: Hole[] = [];
  let at = range.start;
  for (const { start, end } of mergeRanges([...there, ...reasons])) {
    if (start - at > QUIET_MS) holes.push({ start: at, end: Math.min(start, range.end), bars: 0 });
    at = Math.max(at, end);
  }
  if (range.end - at > QUIET_MS) holes.push({ start: at, end: range.end, bars: 0 });
  return { expected: rows, present: rows, explained: 0, missing: 0, holes, still: [] };
}
