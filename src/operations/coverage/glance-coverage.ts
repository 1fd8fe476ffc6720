import { blockRange, blockSpan, splitByBlock } from '../../market/block.js';
import { type Expectation, expectedCount } from '../../market/expected.js';
import { intersect, mergeRanges, type Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Coverage } from '../../store/face.js';
import type { Counts } from './coverage.js';

/**
 * What counts alone tell of a series between its first and its last bar: nothing is read. A bar off the grid may so
 * stand in for one that is missing, which a validation would see. Undefined for ticks, of which nobody knows.
 */
export function glanceCoverage(
  { blocks, explained }: Pick<Coverage, 'blocks' | 'explained'>,
  expectation: Expectation,
  known: readonly Range[],
): Counts | undefined {
  const [first, last] = [blocks[0]?.first, blocks.at(-1)?.last];
  if (expectation.timeframe === 'ticks' || first === undefined || last === undefined) return undefined;
  const span = blockSpan(expectation.timeframe);
  const reasons = mergeRanges([
    ...known.map(({ start, end }) => ({ start, end })),
    ...explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) })),
  ]);
  const rows = new Map<number, number>();
  for (const block of blocks) {
    const { start } = blockRange(span, block.first);
    rows.set(start, (rows.get(start) ?? 0) + block.rows);
  }
  const total = { expected: 0, present: 0, explained: 0, missing: 0 };
  for (const part of splitByBlock(span, { start: first, end: closeOf(expectation.timeframe, last) })) {
    const expected = expectedCount(expectation, part) ?? 0;
    const present = Math.min(expected, rows.get(blockRange(span, part.start).start) ?? 0);
    const absent = expected - present;
    const why = absent === 0 ? 0 : Math.min(absent, countWithin(reasons, part, expectation));
    total.expected += expected;
    total.present += present;
    total.explained += why;
    total.missing += absent - why;
  }
  return total;
}

function countWithin(ranges: readonly Range[], part: Range, expectation: Expectation): number {
  return ranges.reduce((sum, range) => {
    const common = intersect(range, part);
    return sum + (common === undefined ? 0 : (expectedCount(expectation, common) ?? 0));
  }, 0);
}
