import { EXIT } from '../exit-codes.js';
import type { View } from '../terminal/view.js';
import { type DiskNeed, describeRoom } from './check-room.js';
import { exitOfPopulate } from './exit-of-populate.js';
import type { Cost, statusOfPopulate } from './populate-document.js';
import {
  describeBarren,
  describePlan,
  describeTotals,
  describeTroubles,
  describeUnserved,
  summarisePopulate,
} from './populate-summary.js';
import { createProgress, logProgress, type Progress, type Step } from './progress.js';

type Event =
  | { readonly kind: 'planned'; readonly perProvider: ReadonlyMap<string, number> }
  | ({ readonly kind: 'task' } & Step)
  | { readonly kind: 'stopped'; readonly provider: string; readonly reason: string };

/** Follows a run: bars on a terminal, a line for each finished unit elsewhere, nothing where nobody wants it. */
export function watchPopulate({ err, quiet, told, logFormat }: View): { report(event: Event): void; end(): void } {
  let progress: Progress | undefined;
  return {
    report(event) {
      if (event.kind === 'planned') {
        if (quiet || event.perProvider.size === 0) return;
        progress = logFormat === 'json' ? logProgress(told) : createProgress(process.stderr, err, event.perProvider);
      } else if (event.kind === 'task') progress?.step(event);
      else if (progress === undefined) told.warn(event.reason);
      else progress.note(event.reason);
    },
    end: () => progress?.end(),
  };
}

type Plans = Parameters<typeof describePlan>[0];
type Unserved = Parameters<typeof statusOfPopulate>[1];
type Series = Parameters<typeof statusOfPopulate>[0];

/** Prints the plan, and gives the exit status: a plan for nothing at all is a failure as the run would be. */
export function showPlan(plans: Plans, unserved: Unserved, cost: Cost, disk: DiskNeed, view: View): number {
  view.print(describePlan(plans, cost, view.out));
  if (disk.neededBytes > 0) view.told.info(`It would take ${describeRoom(disk)}.`);
  for (const line of describeUnserved(unserved)) view.told.warn(line);
  return plans.length === 0 ? exitOfPopulate([], unserved) : EXIT.done;
}

interface Report {
  readonly series: Series;
  readonly seconds: number;
  readonly interrupted: boolean;
  /** What ended it early. */
  readonly fatal: unknown;
}

/** Prints what became of everything, and gives the exit status. */
export function showReport({ series, seconds, interrupted, fatal }: Report, unserved: Unserved, view: View): number {
  view.print(summarisePopulate(series, view.out));
  // What was broken off may have brought bars that were not kept.
  const barren = interrupted || fatal !== undefined ? [] : describeBarren(series);
  for (const line of [...describeTroubles(series), ...barren]) view.told.warn(line);
  for (const line of describeUnserved(unserved)) view.told.warn(line);
  const sum = (of: (each: Series[number]) => number): number => series.reduce((total, each) => total + of(each), 0);
  const added = sum((each) => each.rowsAdded);
  const missing = sum((each) => each.coverage.missing);
  view.told.info(
    describeTotals({
      added,
      requests: sum((each) => each.requests),
      bytes: sum((each) => each.bytes),
      missing,
      failed: unserved.length > 0 || series.some(({ error }) => error !== undefined),
      seconds,
    }),
  );
  if (interrupted) {
    view.told.warn('interrupted; what was finished is kept, and the same line again goes on from there');
    return EXIT.interrupted;
  }
  return exitOfPopulate(series, unserved);
}
