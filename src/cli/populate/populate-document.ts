import { formatInstant } from '../../market/instant.js';
import { suggestFor } from '../exit-codes.js';
import { type Job, type JobStatus, jobHead } from '../job-head.js';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Asked {
  readonly symbol: string;
  readonly timeframe: string;
  readonly asked: Range;
  readonly choice: { readonly provider: string; readonly reason: string };
}

interface Outcome {
  readonly ask: Asked;
  readonly rowsAdded: number;
  readonly rowsReplaced: number;
  readonly rowsTotal: number;
  readonly coverage: Counts;
  readonly requests: number;
  readonly bytes: number;
  readonly warnings: readonly string[];
  readonly refused: ReadonlyMap<string, number>;
  readonly error?:
    | { readonly code: string; readonly message: string; readonly suggestions: readonly string[] }
    | undefined;
}

export interface Counts {
  readonly expected: number;
  readonly present: number;
  readonly explained: number;
  readonly missing: number;
}

interface Refused {
  readonly symbol: string;
  readonly timeframe: string;
  readonly error: { readonly code: string; readonly message: string; readonly suggestions: readonly string[] };
}

/** Complete when nothing that was asked is missing; failed when nothing at all was got and something went wrong. */
export function statusOfPopulate(series: readonly Outcome[], unserved: readonly Refused[]): JobStatus {
  const wrong = series.filter(({ error, coverage }) => error !== undefined || coverage.missing > 0);
  if (wrong.length === 0 && unserved.length === 0) return 'complete';
  const got = series.some(({ coverage, error }) => coverage.present > 0 || error === undefined);
  return got ? 'partial' : 'failed';
}

/** The one document of a populate or an update. */
export function populateDocument(
  series: readonly Outcome[],
  unserved: readonly Refused[],
  job: Job,
): Record<string, unknown> {
  return {
    ...jobHead(job, statusOfPopulate(series, unserved)),
    warnings: [],
    series: [
      ...series.map((each) => ({
        ...whatOf(each.ask),
        rowsAdded: each.rowsAdded,
        rowsReplaced: each.rowsReplaced,
        rowsTotal: each.rowsTotal,
        coverage: countsOf(each.coverage),
        requests: each.requests,
        bytes: each.bytes,
        warnings: [...each.warnings, ...[...each.refused].map(([reason, count]) => `${count} rows refused: ${reason}`)],
        ...(each.error === undefined ? {} : { error: errorOf(each.error) }),
      })),
      ...unserved.map(unservedOf),
    ],
  };
}

interface Planned {
  readonly ask: Asked;
  readonly coverage: Counts;
  readonly tasks: readonly (Range & {
    readonly via: string;
    readonly requests: number;
    readonly weight: number;
    readonly bytes?: number;
  })[];
}

export interface Cost {
  readonly requests: number;
  readonly weight: number;
  readonly bytes: number;
  /** Days that the providers' daily allowances make it last; 0 when they are no matter. */
  readonly quotaDays: number;
  readonly etaSeconds: number;
}

/** The same document for a run that only plans. */
export function planDocument(
  plans: readonly Planned[],
  unserved: readonly Refused[],
  cost: Cost,
  job: Job,
): Record<string, unknown> {
  const done = plans.every(({ tasks }) => tasks.length === 0) && unserved.length === 0;
  return {
    ...jobHead(job, done ? 'complete' : 'partial'),
    dryRun: true,
    warnings: [],
    ...cost,
    series: [
      ...plans.map(({ ask, coverage, tasks }) => ({
        ...whatOf(ask),
        reason: ask.choice.reason,
        coverage: countsOf(coverage),
        requests: tasks.reduce((sum, task) => sum + task.requests, 0),
        weight: tasks.reduce((sum, task) => sum + task.weight, 0),
        tasks: tasks.map(({ start, end, via, requests, weight, bytes }) => ({
          from: formatInstant(start),
          to: formatInstant(end),
          via,
          requests,
          weight,
          ...(bytes === undefined ? {} : { bytes }),
        })),
      })),
      ...unserved.map(unservedOf),
    ],
  };
}

function whatOf({ symbol, timeframe, asked, choice }: Asked): Record<string, unknown> {
  return {
    symbol,
    interval: timeframe,
    provider: choice.provider,
    requested: { from: formatInstant(asked.start), to: formatInstant(asked.end) },
  };
}

function countsOf({ expected, present, explained, missing }: Counts): Counts {
  return { expected, present, explained, missing };
}

function unservedOf({ symbol, timeframe, error }: Refused): Record<string, unknown> {
  return { symbol, interval: timeframe, rowsAdded: 0, warnings: [], error: errorOf(error) };
}

function errorOf({ code, message, suggestions }: Refused['error']): Refused['error'] {
  return { code, message, suggestions: suggestFor({ code, suggestions }) };
}
