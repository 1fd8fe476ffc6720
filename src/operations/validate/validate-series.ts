import { closedUntil } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import type { Range } from '../../market/range.js';
import type { Series } from '../../store/face.js';
import { explainAbsent } from '../coverage/explain-absent.js';
import { findAbsent } from '../coverage/find-absent.js';
import type { Cause } from './cause.js';
import type { ExpectedSeries } from './expected-series.js';
import { explainPauses } from './explain-pauses.js';
import { findStart } from './find-start.js';
import { judgeAllRows } from './judge-all-rows.js';
import { judgeTicks } from './judge-ticks.js';
import { generationsOf } from './keep-validation.js';
import { scoreSeries } from './score.js';
import { openStock, type SeriesStock } from './series-stock.js';
import { tallyYears } from './tally-years.js';
import type { SeriesValidation, Warning } from './validation.js';

export interface ValidateOptions {
  /** The data clock. */
  readonly now: number;
  /** Absent: the first bar. */
  readonly start?: number | undefined;
  /** Absent: the last bar that has closed. */
  readonly end?: number | undefined;
  /** Read every row, also where counts prove that none is missing. */
  readonly deep?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Judges every bar that should be there: present, explained or missing. */
export async function validateSeries(
  series: Series,
  expected: ExpectedSeries,
  options: ValidateOptions,
): Promise<SeriesValidation> {
  const { expectation, provider, calendarId, assetClass } = expected;
  const { now, deep = false, signal } = options;
  const years = await series.years();
  const rows = deep ? judgeAllRows(series.timeframe, expectation) : undefined;
  const stock = openStock(series, years, { signal, onBars: rows?.add });
  const closed = closedUntil(expectation, now);
  const end = Math.min(options.end ?? closed, closed);
  const start = Math.min(options.start ?? (await findStart(series, years)) ?? end, end);
  const range: Range = { start, end };
  const explained = years
    .flatMap(({ sidecar }) => sidecar?.explained ?? [])
    .map(({ from, to, reason }) => ({ start: Date.parse(from), end: Date.parse(to), reason }));
  const reasons = [...explained, ...expected.known].map((each): Cause => ({ ...each, kind: 'explained' }));
  const judge = series.timeframe === 'ticks' ? judgeTicks : judgeBars;
  const { parts, judged, warnings } = await judge(stock, expected, range, reasons);
  const found = rows?.finish();
  const tallied = tallyYears(range, parts, judged, expectation, found?.faults ?? new Map());
  return {
    symbol: series.symbol,
    interval: series.timeframe,
    assetClass,
    calendar: calendarId,
    provider,
    ...scoreSeries(tallied, found?.oddities),
    checkedAt: formatInstant(now),
    from: formatInstant(range.start),
    to: formatInstant(range.end),
    generations: generationsOf(years),
    years: tallied,
    warnings: [...faultsOf(stock), ...warnings, ...(found?.warnings ?? [])],
    read: stock.count(),
    ...(deep ? { deep } : {}),
  };
}

async function judgeBars(stock: SeriesStock, { expectation }: ExpectedSeries, range: Range, reasons: readonly Cause[]) {
  const { parts, absent } = await findAbsent(stock, expectation, range);
  // Reading comes first: what it finds damaged is known only then.
  const judged = explainAbsent(absent, [...stock.damaged, ...reasons], expectation);
  return { parts, ...explainPauses(judged, expectation, range) };
}

/** A file whose rows are all there, and which is not what its sidecar says. */
function faultsOf({ faults }: SeriesStock): Warning[] {
  return faults.map(({ year, reason }) => ({
    kind: 'damaged-file',
    from: formatInstant(Date.UTC(year, 0, 1)),
    to: formatInstant(Date.UTC(year + 1, 0, 1)),
    detail: `file ${year}: ${reason}`,
  }));
}
