import { formatInstant } from '../../market/instant.js';
import { type Job, type JobStatus, jobHead } from '../job-head.js';
import type { Leaving, Left } from './leaving.js';

interface LeavingJob extends Job {
  readonly cache: string;
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
}

export function statusOfLeft(left: readonly Left[]): JobStatus {
  if (left.every(({ error }) => error === undefined)) return 'complete';
  return left.some(({ ids }) => ids.length > 0) ? 'partial' : 'failed';
}

/** The one document of a removal: what every job says, and where each series can be found again. */
export function leavingDocument(left: readonly Left[], { dryRun, cache, ...job }: LeavingJob) {
  return {
    ...jobHead(job, statusOfLeft(left)),
    ...(dryRun ? { dryRun } : {}),
    warnings: job.warnings,
    cache,
    series: left.map((each) => ({
      ...describe(each.leaving),
      ...(dryRun ? {} : { quarantined: each.ids }),
      ...(each.error === undefined ? {} : { error: errorOf(each.error) }),
    })),
  };
}

function describe({ symbol, timeframe, from, to, rows, bytes, keeps, warnings }: Leaving) {
  return {
    symbol,
    interval: timeframe,
    from: from === undefined ? null : formatInstant(from),
    to: to === undefined ? null : formatInstant(to),
    rows: rows ?? null,
    bytes,
    ...(keeps === undefined ? {} : { rowsLeft: keeps }),
    warnings,
  };
}

function errorOf({ code, message, suggestions }: NonNullable<Left['error']>) {
  return { code, message, suggestions };
}
