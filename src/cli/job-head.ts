/** A run of a command that does something, as its document names it. */
export interface Job {
  readonly runId: string;
  readonly command: string;
  readonly startedAt: Date;
}

export type JobStatus = 'complete' | 'partial' | 'failed';

/** How each job's document begins. */
export function jobHead({ runId, command, startedAt }: Job, status: JobStatus) {
  return {
    schemaVersion: 1,
    runId,
    command,
    status,
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
  };
}
