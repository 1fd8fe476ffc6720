import { MOST_QUIET } from '../../market/quiet.js';
import { type Range, subtractRanges } from '../../market/range.js';
import type { Coverage } from '../../store/face.js';
import type { SeriesCoverage } from './coverage.js';

/** Nobody knows how many ticks there should be: what lies before, between and after what was fetched is missing. */
export function coverTicks(
  { rows, explained }: Pick<Coverage, 'rows' | 'explained'>,
  fetched: readonly Range[],
  range: Range,
): SeriesCoverage {
  const reasons = explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) }));
  const holes = subtractRanges(range, [...fetched, ...reasons])
    .filter(({ start, end }) => end - start > MOST_QUIET)
    .map((hole) => ({ ...hole, bars: 0 }));
  return { expected: rows, present: rows, explained: 0, missing: 0, holes, still: [] };
}
