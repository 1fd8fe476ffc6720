import type { Series } from '../../store/face.js';
import type { Counts } from '../coverage/coverage.js';
import { glanceCoverage } from '../coverage/glance-coverage.js';
import { expectByBars, type Glancing } from '../validate/expect-by-bars.js';

/** How much of a series is there between its ends, by its sidecars. */
export async function glanceSeries(series: Series, glancing: Glancing): Promise<Counts | undefined> {
  if (series.timeframe === 'ticks') return undefined;
  const { expectation, known } = await expectByBars(series, glancing);
  return glanceCoverage(await series.coverage(), expectation, known);
}
