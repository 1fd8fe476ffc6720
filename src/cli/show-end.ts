import { EXIT } from './exit-codes.js';
import { type Cost, type Job, planDocument, populateDocument } from './populate-document.js';
import { showPlan, showReport } from './show-populate.js';
import type { View } from './view.js';

type Series = Parameters<typeof showReport>[0]['series'] & Parameters<typeof populateDocument>[0];
type Unserved = Parameters<typeof showReport>[1];
type Plans = Parameters<typeof showPlan>[0] & Parameters<typeof planDocument>[0];

/** How a populate or an update ended. */
export type End =
  | { readonly kind: 'planned'; readonly plans: Plans; readonly unserved: Unserved; readonly cost: Cost }
  | { readonly kind: 'ran'; readonly report: Report; readonly unserved: Unserved }
  | { readonly kind: 'declined' };

interface Report {
  readonly series: Series;
  readonly seconds: number;
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
    showPlan(end.plans, unserved, end.cost, view);
    return planDocument(end.plans, unserved, end.cost, job);
  }
  const { series, seconds, fatal } = end.report;
  process.exitCode = showReport(end.report, unserved, view);
  if (fatal !== undefined) throw fatal;
  return populateDocument(series, unserved, job, seconds);
}
