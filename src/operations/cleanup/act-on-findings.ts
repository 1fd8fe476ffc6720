import { AlmanacError } from '../../market/almanac-error.js';
import { asUnreadable, describeUnreadable } from '../../store/files/unreadable.js';
import type { StoreContext } from '../../store/store-context.js';
import { mendOwnFile } from '../../store/upkeep/mend-own-files.js';
import { type RepairableSeries, withRepairableSeries } from '../../store/upkeep/repair-series.js';
import { type SeriesOnDisk, walkCache } from '../../store/upkeep/walk-cache.js';
import type { ReportedFinding } from './cleanup-report.js';

/** What became of a finding. `changed`: the file is another by now, and was left alone; `kept`: nothing is done about such. */
export interface Outcome {
  readonly finding: ReportedFinding;
  readonly outcome: 'repaired' | 'sound' | 'changed' | 'failed' | 'kept';
  readonly note?: string | undefined;
  readonly quarantine?: string | undefined;
  /** Blocks that are missing now: the next populate fetches them. */
  readonly lost?: readonly string[] | undefined;
}

export interface Acted {
  readonly outcomes: readonly Outcome[];
  /** Files, or years of them, that were mended. */
  readonly repaired: number;
  /** Folders of the quarantine that were filled. */
  readonly quarantined: number;
}

export interface ActOptions {
  readonly onDone?: ((outcome: Outcome) => void) | undefined;
}

/** Acts on a report, a series at a time under its lock; what fails in one keeps nobody from the others. */
export async function actOnFindings(
  context: StoreContext,
  findings: readonly ReportedFinding[],
  { onDone }: ActOptions = {},
): Promise<Acted> {
  const outcomes: Outcome[] = [];
  let repaired = 0;
  const settle = (of: readonly ReportedFinding[], outcome: Omit<Outcome, 'finding'>): void => {
    if (outcome.outcome === 'repaired') repaired++;
    for (const [i, finding] of of.entries()) {
      outcomes.push({ finding, ...outcome });
      if (i === 0) onDone?.({ finding, ...outcome });
    }
  };
  const attempt = async (of: readonly ReportedFinding[], act: () => Promise<Omit<Outcome, 'finding'>>) => {
    try {
      settle(of, await act());
    } catch (error) {
      if (context.signal?.aborted === true) throw error;
      const unreadable = asUnreadable(error, context.folder);
      if (unreadable === undefined && !(error instanceof AlmanacError)) throw error;
      settle(of, {
        outcome: 'failed',
        note: unreadable === undefined ? (error as Error).message : describeUnreadable(unreadable),
      });
    }
  };

  settleKept(findings, outcomes);
  const open = findings.filter(({ action }) => action !== 'none');
  const { series } = await walkCache(context.files, context.folder);
  for (const [path, own] of groupBy(open, seriesOf)) {
    context.signal?.throwIfAborted();
    const place = series.find((each) => each.path === path);
    if (path === '') {
      for (const finding of own)
        await attempt([finding], async () => {
          const outcome = await mendOwnFile(context, finding, finding.seen ?? []);
          return outcome.kind === 'changed' ? CHANGED : { outcome: 'repaired', quarantine: outcome.quarantine };
        });
    } else if (place === undefined) settle(own, CHANGED);
    else {
      try {
        await withRepairableSeries(context, place, (repairable) =>
          actOnSeries(repairable, place, own, async (of, act) => {
            context.signal?.throwIfAborted();
            await attempt(of, act);
          }),
        );
      } catch (error) {
        if (!(error instanceof AlmanacError)) throw error;
        const settled = new Set(outcomes.map(({ finding }) => finding));
        settle(
          own.filter((finding) => !settled.has(finding)),
          { outcome: 'failed', note: error.message },
        );
      }
    }
  }
  const quarantined = new Set(outcomes.flatMap(({ quarantine }) => quarantine ?? [])).size;
  return { outcomes, repaired, quarantined };
}

type Attempt = (of: readonly ReportedFinding[], act: () => Promise<Omit<Outcome, 'finding'>>) => Promise<void>;

const CHANGED = {
  outcome: 'changed',
  note: 'it has changed since the report, so it was left alone: almanac cache cleanup looks again',
} as const;

async function actOnSeries(
  repairable: RepairableSeries,
  series: SeriesOnDisk,
  findings: readonly ReportedFinding[],
  attempt: Attempt,
): Promise<void> {
  const ofYears = findings.filter(({ year }) => year !== undefined);
  for (const [, own] of groupBy(ofYears, ({ year }) => String(year))) {
    const [first] = own as [ReportedFinding];
    await attempt(own, async () => {
      const outcome = await repairable.repair({
        year: first.year as number,
        seen: first.seen ?? [],
        findings: own.map(({ id }) => id),
      });
      if (outcome.kind === 'changed') return CHANGED;
      if (outcome.kind === 'sound') return { outcome: 'sound' };
      const { note, quarantine, lost } = outcome;
      return { outcome: 'repaired', note: `${series.path} ${note}`, quarantine, lost };
    });
  }
  const temporary = findings.filter(({ action }) => action === 'sweep');
  if (temporary.length > 0)
    await attempt(temporary, async () => ({ outcome: (await repairable.sweep()) > 0 ? 'repaired' : 'sound' }));
  for (const finding of findings.filter(({ action, year }) => action === 'quarantine' && year === undefined))
    await attempt([finding], async () => {
      const id = await repairable.setAside(finding.seen ?? [], finding.detail, [finding.id]);
      return id === undefined ? CHANGED : { outcome: 'repaired', quarantine: id };
    });
}

function settleKept(findings: readonly ReportedFinding[], outcomes: Outcome[]): void {
  for (const finding of findings) if (finding.action === 'none') outcomes.push({ finding, outcome: 'kept' });
}

/** The folder of the series it belongs to; empty for the cache's own files. */
function seriesOf({ path, symbol }: ReportedFinding): string {
  return symbol === undefined ? '' : path.split('/').slice(0, 2).join('/');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
