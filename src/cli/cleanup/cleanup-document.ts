import { type JobStatus, jobHead } from '../job-head.js';
import type { CleanupFacts, OutcomeFacts, QuarantineFacts } from './cleanup.js';

interface CleanupJob {
  readonly runId: string;
  readonly startedAt: Date;
  readonly cache: string;
}

/** The one document of a cleanup. */
export function cleanupDocument(
  { report, findings, acted, left }: CleanupFacts,
  job: CleanupJob,
): Record<string, unknown> {
  const outcomes = new Map(acted?.outcomes.map((each) => [each.finding.id, each]));
  return {
    ...headOf(job, left.length === 0 ? 'complete' : 'partial'),
    warnings: left.flatMap(({ note }) => note ?? []),
    series: report?.series ?? [],
    findings: findings.map(({ id, path, check, detail, action, symbol, interval }) => ({
      ...{ id, path, check, detail, action },
      ...(symbol === undefined ? {} : { symbol, interval }),
      ...outcomeOf(outcomes.get(id)),
    })),
    repaired: acted?.repaired ?? 0,
    quarantined: acted?.quarantined ?? 0,
    ...(report === undefined ? {} : { steps: report.steps, quarantine: report.quarantine, previous: report.previous }),
    ...(report?.sample === undefined ? {} : { sample: report.sample }),
  };
}

function outcomeOf(outcome: OutcomeFacts | undefined): Record<string, unknown> {
  if (outcome === undefined) return {};
  const { note, quarantine, lost } = outcome;
  return {
    outcome: outcome.outcome,
    ...(note === undefined ? {} : { note }),
    ...(quarantine === undefined ? {} : { quarantine }),
    ...(lost === undefined || lost.length === 0 ? {} : { lost }),
  };
}

/** The one document of a purge. */
export function purgeDocument(
  items: readonly QuarantineFacts[],
  done: boolean,
  job: CleanupJob,
): Record<string, unknown> {
  return {
    ...headOf(job, 'complete'),
    warnings: [],
    series: [],
    ...{ findings: [], repaired: 0, quarantined: 0 },
    purged: done ? items : [],
    bytes: done ? items.reduce((sum, { bytes }) => sum + bytes, 0) : 0,
  };
}

function headOf(job: CleanupJob, status: JobStatus): Record<string, unknown> {
  return { ...jobHead({ ...job, command: 'cache cleanup' }, status), cache: job.cache };
}
