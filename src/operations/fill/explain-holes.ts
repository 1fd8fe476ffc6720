import { formatInstant } from '../../market/instant.js';
import { intersect, type Range, yearRange } from '../../market/range.js';
import type { YearInfo } from '../../store/face.js';
import type { Explained } from '../../store/sidecar/sidecar.js';
import { confirmedFrom, confirmersOf } from './conclude-hole.js';
import type { HoleWork } from './hole-work.js';

/**
 * What is still missing of a hole although everybody who reaches it was asked, in years that are there: a file of
 * nothing but notes helps nobody.
 */
export function findConfirmed(
  work: Pick<HoleWork, 'rest' | 'verdicts'>,
  years: readonly Pick<YearInfo, 'year'>[],
): Range[] {
  if (confirmersOf(work.verdicts).length === 0) return [];
  const from = confirmedFrom(work.verdicts);
  return work
    .rest()
    .filter(({ start }) => start >= from)
    .flatMap((range) => years.flatMap(({ year }) => intersect(range, yearRange(year)) ?? []));
}

/** As the sidecars keep it: who confirmed it, and when. */
export function explainHole({ explained, verdicts }: HoleWork, now: number): Explained[] {
  return explained.map(({ start, end }) => ({
    from: formatInstant(start),
    to: formatInstant(end),
    reason: 'confirmed-empty',
    providers: [...new Set(confirmersOf(verdicts))],
    checkedAt: formatInstant(now),
  }));
}
