import { formatInstant } from '../../market/instant.js';
import { type JobStatus, jobHead } from '../job-head.js';
import type { Cost } from '../populate/populate-document.js';

interface Gap {
  readonly symbol: string;
  readonly timeframe: string;
  readonly start: number;
  readonly end: number;
  readonly bars: number;
  readonly provider: string | undefined;
  readonly requests: number;
  readonly reason: string;
}

export interface PlannedGap extends Gap {
  readonly weight: number;
}

export interface FilledGap extends Gap {
  readonly outcome: string;
  readonly rowsAdded: number;
  /** Whose bars lie beside it. */
  readonly besides?: readonly string[];
  readonly until?: number | undefined;
  /** Refused for its bars, which two sources side by side would show. */
  readonly compared?: true;
}

export interface FillResult {
  readonly gaps: readonly FilledGap[];
  readonly beyondLimit: number;
  readonly untouched: number;
  readonly warnings: readonly string[];
  /** Series that are damaged, which no filling mends. */
  readonly damaged: number;
  readonly interrupted: boolean;
}

export interface FillJob {
  readonly runId: string;
  readonly startedAt: Date;
}

const COMMAND = 'cache fill-gaps';

/** Complete when every gap that was asked for is closed; failed when something broke and nothing was closed. */
export function statusOfFill({ gaps, untouched, damaged }: FillResult): JobStatus {
  const open = gaps.filter(({ outcome }) => outcome !== 'filled' && outcome !== 'explained');
  if (open.length === 0 && untouched === 0) return damaged === 0 ? 'complete' : 'partial';
  const got = gaps.some(({ outcome }) => ['filled', 'explained', 'partly'].includes(outcome));
  return !got && open.length > 0 && open.every(({ outcome }) => outcome === 'failed') ? 'failed' : 'partial';
}

/** The one document of fill-gaps. */
export function fillDocument(result: FillResult, job: FillJob): Record<string, unknown> {
  const { gaps, beyondLimit, untouched, warnings, interrupted } = result;
  return {
    ...jobHead({ ...job, command: COMMAND }, statusOfFill(result)),
    warnings,
    beyondLimit,
    ...(interrupted ? { interrupted, untouched } : {}),
    series: seriesOf(gaps, (own) => ({ rowsAdded: sumOf(own, ({ rowsAdded }) => rowsAdded) })),
    gaps: gaps.map((gap) => ({
      ...whatOf(gap),
      outcome: gap.outcome,
      provider: gap.provider ?? null,
      rowsAdded: gap.rowsAdded,
      requests: gap.requests,
      reason: gap.reason,
      ...(gap.until === undefined ? {} : { until: formatInstant(gap.until) }),
    })),
  };
}

/** The same for a run that only plans. */
export function fillPlanDocument(
  gaps: readonly PlannedGap[],
  { beyondLimit, warnings, cost }: Pick<FillResult, 'beyondLimit' | 'warnings'> & { readonly cost: Cost },
  job: FillJob,
): Record<string, unknown> {
  return {
    ...jobHead({ ...job, command: COMMAND }, gaps.length === 0 ? 'complete' : 'partial'),
    dryRun: true,
    warnings,
    beyondLimit,
    ...cost,
    series: seriesOf(gaps, (own) => ({ weight: sumOf(own, ({ weight }) => weight) })),
    gaps: gaps.map((gap) => ({
      ...whatOf(gap),
      provider: gap.provider ?? null,
      requests: gap.requests,
      weight: gap.weight,
      reason: gap.reason,
    })),
  };
}

/** A line a series, beside its gaps. */
function seriesOf<G extends Gap>(gaps: readonly G[], more: (own: readonly G[]) => Record<string, number>) {
  const names = new Map(gaps.map(({ symbol, timeframe }) => [`${symbol} ${timeframe}`, { symbol, timeframe }]));
  return [...names.values()].map(({ symbol, timeframe }) => {
    const own = gaps.filter((gap) => gap.symbol === symbol && gap.timeframe === timeframe);
    const [bars, requests] = [sumOf(own, (gap) => gap.bars), sumOf(own, (gap) => gap.requests)];
    return { symbol, interval: timeframe, gaps: own.length, bars, requests, ...more(own), warnings: [] };
  });
}

function sumOf<G>(gaps: readonly G[], of: (gap: G) => number): number {
  return gaps.reduce((sum, gap) => sum + of(gap), 0);
}

function whatOf({ symbol, timeframe, start, end, bars }: Gap): Record<string, unknown> {
  return { symbol, interval: timeframe, start: formatInstant(start), end: formatInstant(end), bars };
}
