import type { Timeframe } from '../market/timeframe.js';
import { type CompareRequest, type CompareResult, runCompare } from '../operations/compare/compare.js';
import { expectSeries } from '../operations/validate/expect-series.js';
import { openPopulate, type PopulateParts } from './open-populate.js';

type Parts = Omit<PopulateParts, 'looking'>;

/** Two sources of one series side by side; nothing of the cache is changed. */
export async function runCompareJob(
  parts: Parts,
  request: CompareRequest & { readonly timeframe: Timeframe },
): Promise<CompareResult> {
  const wiring = await openPopulate({ ...parts, looking: true });
  try {
    for (const id of request.providers) wiring.sources.find(id);
    const { store, host, notes, noteName, now } = wiring.tools;
    const { route, providers } = wiring.sources;
    const { calendarOf } = wiring.asks;
    const series = store.series(request.symbol.symbol, request.timeframe);
    const expecting = { providers, calendarOf, outages: () => [], notes, noteName, now };
    const { expectation } = await expectSeries(series, expecting);
    return await runCompare(request, { store, route, host, expectation, now: now() });
  } finally {
    await wiring.close();
  }
}
