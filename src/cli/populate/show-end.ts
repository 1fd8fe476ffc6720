import { describeError } from '../describe-error.js';
import { EXIT } from '../exit-codes.js';
import { type Job, secondsSince } from '../job-head.js';
import type { View } from '../terminal/view.js';
import type { DiskNeed } from './check-room.js';
import { judgePopulate } from './judge-populate.js';
import { type Cost, planDocument, populateDocument } from './populate-document.js';
import { showPlan, showReport } from './show-populate.js';

type Series = Parameters<typeof showReport>[0]['series'] & Parameters<typeof populateDocument>[0];
type Unserved = Parameters<typeof showReport>[1];
type Plans = Parameters<typeof showPlan>[0] & Parameters<typeof planDocument>[0];

/** How a populate or an update ended. */
export type End =
  | {
      readonly kind: 'planned';
      readonly plans: Plans;
      readonly unserved: Unserved;
      readonly cost: Cost;
      readonly disk: DiskNeed;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'ran'; readonly report: Report; readonly unserved: Unserved }
  | { readonly kind: 'declined' };

interface Report {
  readonly series: Series;
  readonly interrupted: boolean;
  readonly fatal: unknown;
}

/** Shows it, sets the exit status and gives the document. */
export function showEnd(end: End, head: Omit<Job, 'runId'>, view: View): Record<string, unknown> | undefined {
  const job = { ...head, runId: view.told.runId };
  if (end.kind === 'declined') {
    view.told.info('Nothing was fetched.');
    process.exitCode = EXIT.interrupted;
    return undefined;
  }
  const { unserved } = end;
  if (end.kind === 'planned') {
    process.exitCode = showPlan(end.plans, unserved, end.cost, end.disk, view);
    for (const line of end.warnings) view.told.warn(line);
    const document = planDocument(end.plans, unserved, { ...end.cost, ...roomOf(end.disk) }, job);
    return { ...document, warnings: end.warnings };
  }
  const { series, interrupted, fatal } = end.report;
  process.exitCode = showReport({ ...end.report, seconds: secondsSince(job) }, unserved, view);
  const document = { ...populateDocument(series, unserved, job), ...(interrupted ? { interrupted } : {}) };
  // A wait for another program that Ctrl-C ended is the interrupt itself.
  if (fatal === undefined || (interrupted && hasName(fatal, 'AbortError'))) return document;
  if (!view.json) throw fatal;
  // What was got until then is in the document too.
  const { exit, code, message, suggestions } = describeError(fatal, `almanac ${job.command}`);
  process.exitCode = exit;
  view.told.error(message, { code, suggestions });
  const { status } = judgePopulate(series, unserved);
  return { ...document, status: status === 'complete' ? 'partial' : status, error: { code, message, suggestions } };
}

function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function roomOf({ neededBytes, freeBytes }: DiskNeed): Record<string, number> {
  return { diskBytes: neededBytes, ...(freeBytes === undefined ? {} : { freeBytes }) };
}
