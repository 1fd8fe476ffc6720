import { AlmanacError } from '../market/almanac-error.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Asked } from '../operations/demand/ask-each.js';
import type { FolderFacts } from '../operations/doctor/check-machine.js';
import { seriesKey } from '../operations/populate/ask.js';
import type { CostEstimate } from '../operations/populate/estimate-cost.js';
import { type DiskNeed, estimateDisk, judgeDisk } from '../operations/populate/estimate-disk.js';
import { estimatePlans } from '../operations/populate/estimate-plans.js';
import type { Unserved } from '../operations/populate/make-asks.js';
import { planPopulate } from '../operations/populate/plan-populate.js';
import type { SeriesPlan } from '../operations/populate/plan-series.js';
import { type PopulateOptions, runPopulate } from '../operations/populate/populate.js';
import type { PopulateEvent, PopulateReport } from '../operations/populate/report.js';
import { createBandwidth } from '../sources/host/limits/bandwidth.js';
import type { Store } from '../store/face.js';
import { lookAtFolder } from './look-at-machine.js';
import { openPopulate, type PopulateParts, type PopulateWiring } from './open-populate.js';

export interface PopulateJob extends Omit<PopulateParts, 'pace'> {
  readonly options: PopulateOptions;
  readonly bytesPerSecond?: number | undefined;
  /** Told what it takes of the disk before anything is fetched; throws where that does not fit. */
  readonly room: (need: DiskNeed, judgement: ReturnType<typeof judgeDisk>) => void;
  readonly progress: { report(event: PopulateEvent): void; end(): void };
  /** Which series, of whom, and what of it is worth telling, by `seriesKey`. */
  readonly ask: (wiring: PopulateWiring) => Promise<Asked & { readonly notes?: ReadonlyMap<string, string> }>;
  /** Told what it will take before anything is fetched; false ends it there. */
  readonly approve?: (size: PlanSize, asked: Asked) => Promise<boolean>;
}

/** What a plan will take, as far as can be told before. */
export interface PlanSize extends CostEstimate {
  /** Those that something must be fetched for. */
  readonly series: number;
}

export type PopulateEnd =
  | {
      readonly kind: 'planned';
      readonly plans: readonly (SeriesPlan & { readonly rowsTotal: number; readonly warnings: readonly string[] })[];
      readonly unserved: readonly (Unserved & { readonly rowsTotal: number })[];
      readonly cost: CostEstimate;
      readonly disk: DiskNeed;
      /** What a run would stumble over. */
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'ran';
      readonly report: PopulateReport;
      readonly unserved: readonly (Unserved & { readonly rowsTotal: number })[];
    }
  | { readonly kind: 'declined' };

/** What populate and update have in common: ask, plan, and, unless only the plan is wanted, fetch. */
export async function runPopulateJob(job: PopulateJob): Promise<PopulateEnd> {
  const { options, provider, progress } = job;
  const obstacle = findObstacle(await lookAtFolder(job.loaded.cacheFolder));
  // Before anybody is asked: what cannot be kept is not worth fetching.
  if (obstacle !== undefined && !job.looking) throw new AlmanacError('STORE_UNUSABLE', obstacle);
  const wiring = await openPopulate({
    ...job,
    archive: options.archive,
    pace: createBandwidth(job.bytesPerSecond, job.signal),
  });
  const { host } = wiring.tools;
  try {
    if (provider !== undefined) wiring.sources.find(provider);
    const { asks, notes, ...asked } = await job.ask(wiring);
    const tools = { ...wiring.tools, report: progress.report };
    const { plans, ...planned } = await planPopulate(asks, options, tools);
    const unserved = await countEach([...asked.unserved, ...planned.unserved], tools.store);
    const disk = await measureDisk(job.loaded.cacheFolder, plans, tools.store);
    if (job.looking) {
      const warnings = obstacle === undefined ? [] : [`${obstacle}: a run would keep nothing`];
      const counted = await countEach(
        plans.map((plan) => ({ ...plan, symbol: plan.ask.symbol, timeframe: plan.ask.timeframe })),
        tools.store,
      );
      const told = counted.map((plan) => {
        const note = notes?.get(seriesKey(plan.ask));
        return { ...plan, warnings: note === undefined ? [] : [note] };
      });
      return { kind: 'planned', plans: told, unserved, cost: await estimatePlans(plans, host), disk, warnings };
    }
    job.room(disk, judgeDisk(disk));
    if (job.approve !== undefined) {
      const size = sizeOf(plans, await estimatePlans(plans, host));
      if (!(await job.approve(size, { asks, unserved }))) return { kind: 'declined' };
    }
    const report = await runPopulate(plans, options, tools).finally(progress.end);
    return { kind: 'ran', report: tellNotes(report, notes), unserved };
  } finally {
    await wiring.close();
  }
}

/** Why nothing can be kept there. */
function findObstacle({ folder, kind, nearest, writable }: FolderFacts): string | undefined {
  if (kind === 'other') return `the cache must be a folder, and ${folder} is a file`;
  return writable ? undefined : `${nearest} may not be written by this user`;
}

/** With the rows that are there now; none where the series is not to be read, which its error says. */
async function countEach<T extends { readonly symbol: string; readonly timeframe: Timeframe }>(
  each: readonly T[],
  store: Store,
): Promise<(T & { readonly rowsTotal: number })[]> {
  return Promise.all(
    each.map(async (one) => {
      try {
        return { ...one, rowsTotal: (await store.series(one.symbol, one.timeframe).info()).rows };
      } catch (error) {
        if (!(error instanceof AlmanacError)) throw error;
        return { ...one, rowsTotal: 0 };
      }
    }),
  );
}

async function measureDisk(folder: string, plans: readonly SeriesPlan[], store: Store): Promise<DiskNeed> {
  const { nearest, freeBytes } = await lookAtFolder(folder);
  return { folder: nearest, neededBytes: await estimateDisk(plans, store), freeBytes };
}

/** What a bar takes on its way, in bulk files and in replies alike, where nobody says how large they are. */
const BYTES_PER_BAR = 60;

function sizeOf(plans: readonly SeriesPlan[], cost: CostEstimate): PlanSize {
  const open = plans.filter(({ tasks }) => tasks.length > 0);
  const unsized = open.flatMap(({ tasks }) => tasks).filter(({ bytes }) => bytes === undefined);
  const bytes = unsized.reduce((sum, { bars }) => sum + bars * BYTES_PER_BAR, cost.bytes);
  return { ...cost, series: open.length, bytes };
}

function tellNotes(report: PopulateReport, notes: ReadonlyMap<string, string> = new Map()): PopulateReport {
  const series = report.series.map((each) => {
    const note = notes.get(seriesKey(each.ask));
    return note === undefined ? each : { ...each, warnings: [note, ...each.warnings] };
  });
  return { ...report, series };
}
