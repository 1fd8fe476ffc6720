import { describeError } from '../describe-error.js';
import { EXIT } from '../exit-codes.js';
import { type JobStatus, secondsSince } from '../job-head.js';
import type { Cost } from '../populate/populate-document.js';
import { formatCount, formatMoment } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { View } from '../terminal/view.js';
import { type FillResult, fillDocument, fillPlanDocument, statusOfFill } from './fill-document.js';
import { describeFillTotals, describeGaps, describeLonger, describeOpenGaps } from './fill-summary.js';

type Planned = Parameters<typeof fillPlanDocument>[0];

/** How a fill-gaps ended. */
export type FillEnd =
  | {
      readonly kind: 'planned';
      readonly gaps: Planned;
      readonly beyondLimit: number;
      readonly warnings: readonly string[];
      readonly cost: Cost;
    }
  | { readonly kind: 'ran'; readonly report: FillResult & { readonly fatal: unknown } };

export interface FillHead {
  readonly startedAt: Date;
  /** `--max-gap-hours` */
  readonly limit: number | undefined;
}

/** Shows it, sets the exit status and gives the document. */
export function showFill(end: FillEnd, { startedAt, limit }: FillHead, view: View): Record<string, unknown> {
  const job = { startedAt, runId: view.told.runId };
  if (end.kind === 'planned') {
    showPlan(end.gaps, end, limit, view);
    return fillPlanDocument(end.gaps, end, job);
  }
  const { report } = end;
  view.print(describeGaps(report.gaps, view.out));
  for (const line of [...report.warnings, ...describeOpenGaps(report.gaps)]) view.told.warn(line);
  view.told.info(describeFillTotals(report, limit, secondsSince(job)));
  for (const line of adviseOn(report)) view.told.info(line);
  if (report.interrupted) view.told.warn('interrupted; what was filled is kept, and the same line again goes on');
  const status = statusOfFill(report);
  process.exitCode = report.interrupted ? EXIT.interrupted : exitOf(status);
  const document = fillDocument(report, job);
  if (report.fatal === undefined) return document;
  if (!view.json) throw report.fatal;
  const { exit, code, message, suggestions } = describeError(report.fatal, 'almanac cache fill-gaps');
  process.exitCode = exit;
  view.told.error(message, { code, suggestions });
  return { ...document, status: status === 'complete' ? 'partial' : status, error: { code, message, suggestions } };
}

function exitOf(status: JobStatus): number {
  return { complete: EXIT.done, partial: EXIT.partial, failed: EXIT.failure }[status];
}

/** What may be done about gaps that are still open, each advice once. */
function adviseOn({ gaps }: FillResult): string[] {
  const has = (outcome: string): boolean => gaps.some((gap) => gap.outcome === outcome);
  const far = gaps.find(({ outcome }) => outcome === 'out-of-reach')?.provider;
  const refused = gaps.find(({ compared }) => compared === true);
  return [
    ...(refused === undefined
      ? []
      : [
          `  See both side by side: almanac cache compare ${refused.symbol} ${refused.timeframe} --providers ${neighbours(refused)}`,
        ]),
    ...(far === undefined ? [] : [`  How far it reaches: almanac providers info ${far}`]),
    ...(has('throttled') ? ['  The same line again, later, goes on where this one stopped.'] : []),
  ];
}

function neighbours({ provider, besides = [] }: FillResult['gaps'][number]): string {
  return [...besides.slice(0, 1), provider].join(',');
}

const PLAN: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'START' },
  { title: 'END', drop: 3 },
  { title: 'BARS', align: 'right' },
  { title: 'PROVIDER', shrinkTo: 9 },
  { title: 'REQUESTS', align: 'right' },
  { title: 'WHY', shrinkTo: 11, wrap: true, drop: 2 },
];

function showPlan(
  gaps: Planned,
  { beyondLimit, warnings }: Pick<FillResult, 'beyondLimit' | 'warnings'>,
  limit: number | undefined,
  view: View,
): void {
  const rows = gaps.map((gap) => [
    gap.symbol,
    gap.timeframe,
    formatMoment(gap.start),
    formatMoment(gap.end),
    formatCount(gap.bars),
    gap.provider ?? 'nobody',
    formatCount(gap.requests),
    gap.reason,
  ]);
  if (rows.length > 0) view.print(renderTable(PLAN, rows, view.out));
  for (const line of warnings) view.told.warn(line);
  // The table has no room for these, and they are what a person can do something about.
  const unasked = gaps.filter(({ provider }) => provider === undefined);
  if (view.out.live)
    for (const { symbol, timeframe, start, reason } of unasked)
      view.told.warn(`${symbol} ${timeframe} ${formatMoment(start)}: ${reason}`);
  const requests = gaps.reduce((sum, gap) => sum + gap.requests, 0);
  const longer =
    beyondLimit === 0 || limit === undefined ? '' : ` ${describeLonger(beyondLimit, limit)} would be left.`;
  view.told.info(
    gaps.length === 0
      ? `There is no gap to fill.${longer}`
      : `${formatCount(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}, ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'} to begin with.${longer} Nothing was asked yet.`,
  );
}
