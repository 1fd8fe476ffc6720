import { jobHead } from '../job-head.js';

interface Outcome {
  readonly failure: {
    readonly symbol: string;
    readonly interval: string;
    readonly date: string;
    readonly provider: string;
    readonly action_taken: string;
    readonly expected_checksum: string;
    readonly actual_checksum: string;
  };
  readonly result: 'verified' | 'failed' | 'unreached';
  readonly reason?: string;
  readonly added?: number;
  readonly replaced?: number;
  readonly removed?: number;
  readonly conflicts?: number;
  readonly requests?: number;
  readonly bytes?: number;
}

interface RetryJob {
  readonly runId: string;
  readonly startedAt: Date;
  readonly warnings: readonly string[];
}

/** The one document of a retry: a job's, with its files by series. */
export function retryDocument(outcomes: readonly Outcome[], job: RetryJob): object {
  const right = outcomes.filter(({ result }) => result === 'verified').length;
  // Also where none verified: the exit status is 4, and another day they may.
  const status = right === outcomes.length ? 'complete' : 'partial';
  return {
    ...jobHead({ ...job, command: 'cache checksums retry' }, status),
    warnings: job.warnings,
    series: bySeries(outcomes).map((files) => seriesOf(files)),
  };
}

function bySeries(outcomes: readonly Outcome[]): Outcome[][] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { symbol, interval, provider } = outcome.failure;
    const key = [symbol, interval, provider].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()];
}

function seriesOf(files: readonly Outcome[]): object {
  const sum = (of: (each: Outcome) => number | undefined): number =>
    files.reduce((total, each) => total + (of(each) ?? 0), 0);
  const { symbol, interval, provider } = (files[0] as Outcome).failure;
  return {
    ...{ symbol, interval, provider },
    rowsAdded: sum((each) => each.added),
    rowsReplaced: sum((each) => each.replaced),
    rowsRemoved: sum((each) => each.removed),
    requests: sum((each) => each.requests),
    bytes: sum((each) => each.bytes),
    warnings: files.flatMap(({ failure, reason }) => (reason === undefined ? [] : [`${failure.date}: ${reason}`])),
    files: files.map(({ failure, result, reason }) => ({
      date: failure.date,
      result,
      action_taken: failure.action_taken,
      expected_checksum: failure.expected_checksum,
      actual_checksum: failure.actual_checksum,
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}
