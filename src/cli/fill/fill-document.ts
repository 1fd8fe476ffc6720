import { formatInstant } from '../../market/instant.js';

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

export interface FilledGap extends Gap {
  readonly outcome: string;
  readonly rowsAdded: number;
  /** Whose bars lie beside it. */
  readonly besides?: readonly string[];
  readonly until?: number | undefined;
}

export interface FillResult {
  readonly gaps: readonly FilledGap[];
  readonly beyondLimit: number;
  readonly untouched: number;
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly interrupted: boolean;
}

export interface FillJob {
  readonly runId: string;
  readonly startedAt: Date;
}

export type FillStatus = 'complete' | 'partial' | 'failed';

/** Complete when every gap that was asked for is closed; failed when something broke and nothing was closed. */
export function statusOfFill({ gaps, untouched }: Pick<FillResult, 'gaps' | 'untouched'>): FillStatus {
  const open = gaps.filter(({ outcome }) => outcome !== 'filled' && outcome !== 'explained');
  if (open.length === 0 && untouched === 0) return 'complete';
  const got = gaps.some(({ outcome }) => ['filled', 'explained', 'partly'].includes(outcome));
  return !got && open.length > 0 && open.every(({ outcome }) => outcome === 'failed') ? 'failed' : 'partial';
}

/** The one document of fill-gaps. */
export function fillDocument(result: FillResult, job: FillJob): Record<string, unknown> {
  const { gaps, beyondLimit, untouched, warnings, seconds, interrupted } = result;
  return {
    ...headOf(job),
    status: statusOfFill(result),
    seconds,
    warnings,
    beyondLimit,
    ...(interrupted ? { interrupted, untouched } : {}),
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
  gaps: readonly Gap[],
  { beyondLimit, warnings }: Pick<FillResult, 'beyondLimit' | 'warnings'>,
  job: FillJob,
): Record<string, unknown> {
  return {
    ...headOf(job),
    dryRun: true,
    status: gaps.length === 0 ? 'complete' : 'partial',
    seconds: (Date.now() - job.startedAt.getTime()) / 1000,
    warnings,
    beyondLimit,
    requests: gaps.reduce((sum, { requests }) => sum + requests, 0),
    gaps: gaps.map((gap) => ({
      ...whatOf(gap),
      provider: gap.provider ?? null,
      requests: gap.requests,
      reason: gap.reason,
    })),
  };
}

function headOf({ runId, startedAt }: FillJob): Record<string, unknown> {
  return { schemaVersion: 1, runId, command: 'cache fill-gaps', startedAt: startedAt.toISOString() };
}

function whatOf({ symbol, timeframe, start, end, bars }: Gap): Record<string, unknown> {
  return { symbol, interval: timeframe, start: formatInstant(start), end: formatInstant(end), bars };
}
