import type { Reports } from '../../store/reports/open-reports.js';
import type { StoreContext } from '../../store/store-context.js';
import { type SampleSize, sampleBlocks } from '../../store/upkeep/sample-blocks.js';
import { walkCache } from '../../store/upkeep/walk-cache.js';
import { readSidecar } from '../../store/year/open-year.js';

/** Which blocks an audit reads. */
export interface AuditPlan {
  /** Of a year; none where nothing of it is due. */
  periodsOf(year: string): ReadonlySet<string>;
  readonly summary: { readonly blocks: number; readonly of: number; readonly turned: boolean };
  /** Remembers how far it came: called once the blocks were read. */
  remember(): Promise<void>;
}

export function planKey(series: string, year: number): string {
  return `${series}/${year}`;
}

/** The part that is due, going on where the last audit ended; `cleanup-audit.json` remembers where that was. */
export async function planAudit(context: StoreContext, reports: Reports, size: SampleSize): Promise<AuditPlan> {
  const keys: string[] = [];
  for (const series of (await walkCache(context.files, context.folder)).series) {
    for (const year of series.years) {
      // One that cannot be read, or not as a sidecar, is found by itself.
      const parsed = await readSidecar(context.files, series.folder, year).catch(() => undefined);
      if (parsed?.state !== 'sound') continue;
      for (const { period } of parsed.sidecar.blocks) keys.push(`${planKey(series.path, year)} ${period}`);
    }
  }
  const { at } = ((await reports.read('audit')) ?? {}) as { at?: unknown };
  const sample = sampleBlocks(keys, size, typeof at === 'string' ? at : undefined);
  const due = new Map<string, Set<string>>();
  for (const key of sample.keys) {
    const [year, period] = key.split(' ') as [string, string];
    due.set(year, (due.get(year) ?? new Set()).add(period));
  }
  const none: ReadonlySet<string> = new Set();
  return {
    periodsOf: (year) => due.get(year) ?? none,
    summary: { blocks: sample.keys.length, of: keys.length, turned: sample.turned },
    remember: () =>
      reports.change('audit', (current) => {
        const { rounds = 0 } = (current ?? {}) as { rounds?: number };
        const now = new Date(context.now()).toISOString();
        return {
          schemaVersion: 1,
          at: sample.at,
          rounds: sample.turned ? rounds + 1 : rounds,
          blocks: sample.keys.length,
          of: keys.length,
          readAt: now,
        };
      }),
  };
}
