import type { Calendar } from '../../market/calendar.js';
import { MOST_QUIET } from '../../market/quiet.js';
import { type Range, subtractRanges } from '../../market/range.js';
import { tradedWithin } from '../../market/traded.js';
import type { Coverage } from '../../store/face.js';
import type { SeriesCoverage } from './coverage.js';

/** Nobody knows how many ticks there should be: what lies before, between and after what was fetched is missing. */
export function coverTicks(
  { rows, explained }: Pick<Coverage, 'rows' | 'explained'>,
  fetched: readonly Range[],
  range: Range,
  calendar: Calendar,
): SeriesCoverage {
  const reasons = explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) }));
  const holes = findUnfetched([...fetched, ...reasons], range, calendar)
    .flat()
    .map((hole) => ({ ...hole, bars: 0 }));
  return { expected: rows, present: rows, explained: 0, missing: 0, holes, still: [] };
}

/**
 * Stretches that nothing is known of, each as the parts of it in which the market trades: closed hours are no hole, and
 * a few quiet seconds before them are none either.
 */
export function findUnfetched(known: readonly Range[], range: Range, calendar: Calendar): Range[][] {
  return subtractRanges(range, known)
    .map((rest) => tradedWithin(calendar, rest).filter(({ start, end }) => end - start > MOST_QUIET))
    .filter((parts) => parts.length > 0);
}
