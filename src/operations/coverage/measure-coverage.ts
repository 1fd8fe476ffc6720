import type { Expectation } from '../../market/expected.js';
import { mergeRanges, type Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Series } from '../../store/face.js';
import { coverTicks } from './cover-ticks.js';
import type { Hole, SeriesCoverage } from './coverage.js';
import { explainAbsent } from './explain-absent.js';
import { findAbsent } from './find-absent.js';
import { findFetched } from './find-fetched.js';

interface Why extends Range {
  readonly reason: 'sidecar' | 'standstill';
}

/** What of a range is there, explained (by the sidecars, or because the exchange stood still), and missing. */
export async function measureCoverage(
  series: Series,
  expectation: Expectation,
  range: Range,
  standstills: readonly Range[],
): Promise<SeriesCoverage> {
  const coverage = await series.coverage(range);
  if (expectation.timeframe === 'ticks')
    return coverTicks(coverage, findFetched(coverage.blocks, await series.years()), range, expectation.calendar);
  const explained = coverage.explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) }));
  const reasons = [
    ...mergeRanges(explained).map((each): Why => ({ ...each, reason: 'sidecar' })),
    ...standstills.map(({ start, end }): Why => ({ start, end, reason: 'standstill' })),
  ];
  const readTimes = async (part: Range) => (await series.read({ ...part, columns: ['timestamp'] })).time;
  const { parts, absent } = await findAbsent({ blocks: coverage.blocks, readTimes }, expectation, range);
  const total = { expected: 0, present: 0, explained: 0, missing: 0 };
  for (const part of parts) {
    total.expected += part.expected;
    total.present += part.expected - part.absent;
  }
  const holes: Hole[] = [];
  const still: Hole[] = [];
  for (const { start, last, bars, why } of explainAbsent(absent, reasons, expectation)) {
    if (why === undefined) total.missing += bars;
    else total.explained += bars;
    const hole = { start, end: closeOf(expectation.timeframe, last), bars };
    if (why === undefined) holes.push(hole);
    else if (why.reason === 'standstill') still.push(hole);
  }
  return { ...total, holes, still };
}
