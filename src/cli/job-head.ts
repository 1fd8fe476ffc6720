/** A run of a command that does something, as its document names it. */
export interface Job {
  readonly runId: string;
  readonly command: string;
  readonly startedAt: Date;
}

export type JobStatus = 'complete' | 'partial' | 'failed';

/** Of the whole command: planning and judging ask too, and may be what takes the time. */
export function secondsSince({ startedAt }: Pick<Job, 'startedAt'>): number {
  return (Date.now() - startedAt.getTime()) / 1000;
}

/** How each job's document begins. */
export function jobHead(job: Job, status: JobStatus) {
  const { runId, command, startedAt } = job;
  return {
    schemaVersion: 1,
    runId,
    command,
    status,
    startedAt: startedAt.toISOString(),
    seconds: secondsSince(job),
  };
}
