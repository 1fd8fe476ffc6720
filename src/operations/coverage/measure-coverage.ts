import { blockRange, blockSpan, splitByBlock } from '../../market/block.js';
import { type Expectation, expectedCount, expectedOpens } from '../../market/expected.js';
import { intersect, mergeRanges, type Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Coverage, Series } from '../../store/face.js';
import type { Hole, SeriesCoverage } from './coverage.js';

/**
 * What of a range is there, explained and missing. Block counts prove most months complete without opening them;
 * only a block whose count does not fit, or that the range cuts, has its time stamps read.
 */
export async function measureCoverage(series: Series, expectation: Expectation, range: Range): Promise<SeriesCoverage> {
  const coverage = await series.coverage(range);
  if (expectation.timeframe === 'ticks') return coverTicks(coverage, range);
  const explained = mergeRanges(
    coverage.explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) })),
  );
  const span = blockSpan(expectation.timeframe);
  const total = { expected: 0, present: 0, explained: 0, missing: 0 };
  const holes: Hole[] = [];
  for (const part of splitByBlock(span, range)) {
    const block = blockRange(span, part.start);
    const there = coverage.blocks.filter((each) => each.first < block.end && each.last >= block.start);
    const whole = part.start <= block.start && part.end >= block.end;
    const count = expectedCount(expectation, part) as number;
    const rows = there.reduce((sum, each) => sum + each.rows, 0);
    if (count === 0) continue;
    const only =
      there.length === 1 && intersect({ start: there[0]?.first as number, end: (there[0]?.last as number) + 1 }, part);
    const allInside = whole || (only && only.start === there[0]?.first && only.end === (there[0]?.last as number) + 1);
    if (allInside && rows === count) {
      total.expected += count;
      total.present += count;
      continue;
    }
    const expected = expectedOpens(expectation, part);
    const present =
      there.length === 0 ? new Float64Array(0) : (await series.read({ ...part, columns: ['timestamp'] })).time;
    const found = compare(expected, present, explained, expectation);
    for (const key of ['expected', 'present', 'explained', 'missing'] as const) total[key] += found[key];
    for (const hole of found.holes) pushHole(holes, hole, expectation);
  }
  return { ...total, holes };
}

function compare(
  expected: Float64Array,
  present: Float64Array,
  explained: readonly Range[],
  { timeframe }: Expectation,
): SeriesCoverage {
  const total = { expected: expected.length, present: 0, explained: 0, missing: 0 };
  const holes: Hole[] = [];
  let at = 0;
  let why = 0;
  let run: { start: number; end: number; bars: number } | undefined;
  for (const open of expected) {
    while (at < present.length && (present[at] as number) < open) at++;
    while (why < explained.length && (explained[why] as Range).end <= open) why++;
    const reason = explained[why];
    const known = present[at] === open;
    if (known) total.present++;
    else if (reason !== undefined && reason.start <= open) total.explained++;
    else {
      total.missing++;
      if (run === undefined) {
        run = { start: open, end: open, bars: 0 };
        holes.push(run);
      }
      run.end = closeOf(timeframe, open);
      run.bars++;
      continue;
    }
    run = undefined;
  }
  return { ...total, holes };
}

/** A hole that goes on where the last one ended, with nothing expected between, is the same hole. */
function pushHole(holes: Hole[], hole: Hole, expectation: Expectation): void {
  const last = holes.at(-1);
  if (
    last !== undefined &&
    expectedCount(expectation, { start: last.end, end: hole.start }) === 0 &&
    last.end <= hole.start
  ) {
    holes[holes.length - 1] = { start: last.start, end: hole.end, bars: last.bars + hole.bars };
  } else holes.push(hole);
}

/** Nobody knows how many ticks there should be: what lies before, between and after the stored days is missing. */
const QUIET_MS = 10 * 60_000;

function coverTicks({ blocks, rows, explained }: Coverage, range: Range): SeriesCoverage {
  const there = blocks.map(({ first, last }) => ({ start: first, end: last + 1 }));
  const reasons = explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) }));
  const holes: Hole[] = [];
  let at = range.start;
  for (const { start, end } of mergeRanges([...there, ...reasons])) {
    if (start - at > QUIET_MS) holes.push({ start: at, end: Math.min(start, range.end), bars: 0 });
    at = Math.max(at, end);
  }
  if (range.end - at > QUIET_MS) holes.push({ start: at, end: range.end, bars: 0 });
  return { expected: rows, present: rows, explained: 0, missing: 0, holes };
}
