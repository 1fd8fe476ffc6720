import { type Expectation, expectedCount } from '../../market/expected.js';
import { isEmpty, subtractRanges } from '../../market/range.js';
import type { Hole } from '../coverage/coverage.js';
import type { SeriesValidation } from '../validate/validation.js';

/**
 * The missing ranges of a validation as holes, ascending. A report cuts them at New Year; what goes on over it, with
 * nothing expected between, is one hole again, as long as it really is.
 */
export function listHoles({ years }: Pick<SeriesValidation, 'years'>, expectation: Expectation): Hole[] {
  const missing = years
    .flatMap(({ gaps }) => gaps)
    .filter(({ kind }) => kind === 'missing')
    .map(({ start, end, bars }) => ({ start: Date.parse(start), end: Date.parse(end), bars }))
    .sort((a, b) => a.start - b.start);
  const holes: Hole[] = [];
  for (const hole of missing) {
    const last = holes.at(-1);
    if (last !== undefined && goesOn(last, hole, expectation))
      holes[holes.length - 1] = { start: last.start, end: hole.end, bars: last.bars + hole.bars };
    else holes.push(hole);
  }
  return holes;
}

/** Only where the report cut it: at the year's end. */
function goesOn(before: Hole, after: Hole, expectation: Expectation): boolean {
  const year = (instant: number): number => new Date(instant).getUTCFullYear();
  if (year(before.start) === year(after.start)) return false;
  return expectedCount(expectation, { start: before.end, end: after.start }) === 0;
}

/**
 * What lies after the last bar was not left out by anybody: it was not fetched yet, unless the provider was asked for
 * it and had nothing.
 */
export function isUnfetchedEnd(hole: Hole, lastBar: number, asked: readonly { start: number; end: number }[]): boolean {
  return hole.start > lastBar && subtractRanges(hole, asked).some((rest) => !isEmpty(rest));
}
