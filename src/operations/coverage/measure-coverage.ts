import type { Expectation } from '../../market/expected.js';
import { mergeRanges, type Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Series } from '../../store/face.js';
import { coverTicks } from './cover-ticks.js';
import type { SeriesCoverage } from './coverage.js';
import { explainAbsent } from './explain-absent.js';
import { findAbsent } from './find-absent.js';

/** What of a range is there, explained by the sidecars, and missing. */
export async function measureCoverage(series: Series, expectation: Expectation, range: Range): Promise<SeriesCoverage> {
  const coverage = await series.coverage(range);
  if (expectation.timeframe === 'ticks') return coverTicks(coverage, range);
  const reasons = mergeRanges(
    coverage.explained.map(({ from, to }) => ({ start: Date.parse(from), end: Date.parse(to) })),
  ).map((each) => ({ ...each, reason: '' }));
  const readTimes = async (part: Range) => (await series.read({ ...part, columns: ['timestamp'] })).time;
  const { parts, absent } = await findAbsent({ blocks: coverage.blocks, readTimes }, expectation, range);
  const total = { expected: 0, present: 0, explained: 0, missing: 0 };
  for (const part of parts) {
    total.expected += part.expected;
    total.present += part.expected - part.absent;
  }
  const holes: { start: number; end: number; bars: number }[] = [];
  for (const { start, last, bars, why } of explainAbsent(absent, reasons, expectation)) {
    if (why !== undefined) {
      total.explained += bars;
      continue;
    }
    total.missing += bars;
    holes.push({ start, end: closeOf(expectation.timeframe, last), bars });
  }
  return { ...total, holes };
}
