import { AlmanacError } from '../market/almanac-error.js';
import { outagesOf } from '../market/outages.js';
import type { Timeframe } from '../market/timeframe.js';
import { estimateFill } from '../operations/fill/estimate-fill.js';
import { planFill, runFill } from '../operations/fill/fill-gaps.js';
import type { FillReport, GapPlan } from '../operations/fill/fill-outcome.js';
import type { FillEvent, FillOptions, FillTools } from '../operations/fill/fill-tools.js';
import type { CostEstimate, Work } from '../operations/populate/estimate-cost.js';
import { estimateWorks } from '../operations/populate/estimate-plans.js';
import { filterSeries } from '../operations/series/filter-series.js';
import { openJudge } from './judge-series.js';
import { openPopulate, type PopulateParts, type PopulateWiring } from './open-populate.js';
import { readOutages } from './read-outages.js';

export interface FillJob extends PopulateParts {
  readonly options: FillOptions;
  readonly filter: {
    readonly symbols?: readonly string[] | undefined;
    readonly timeframes?: readonly Timeframe[] | undefined;
  };
  readonly progress: { report(event: FillEvent): void; end(): void };
}

export type FillEnd =
  | {
      readonly kind: 'planned';
      readonly gaps: readonly GapPlan[];
      readonly beyondLimit: number;
      readonly warnings: readonly string[];
      readonly cost: CostEstimate;
    }
  | { readonly kind: 'ran'; readonly report: FillReport };

/** Judges where nobody has, plans, and, unless only the plan is wanted, fills. */
export async function runFillJob(job: FillJob): Promise<FillEnd> {
  const { options, provider, progress } = job;
  const wiring = await openPopulate(job);
  try {
    if (provider !== undefined) wiring.sources.find(provider);
    const { store } = wiring.tools;
    const infos = filterSeries(store, await store.list(), job.filter);
    const filtered = job.filter.symbols !== undefined || job.filter.timeframes !== undefined;
    if (infos.length === 0 && filtered) throw new AlmanacError('NO_DATA', `no series in ${store.folder} matches`);
    const tools = await makeTools(job, wiring);
    const planned = await planFill(infos, options, tools);
    const plan = infos.length > 0 ? planned : { ...planned, warnings: [nothingKept(store.folder)] };
    if (job.looking) {
      const gaps = await estimateFill(plan, tools);
      return { kind: 'planned', ...plan, gaps, cost: await estimateWorks(gaps.flatMap(workOf), tools.host) };
    }
    return { kind: 'ran', report: await runFill(plan, options, tools).finally(progress.end) };
  } finally {
    await wiring.close();
  }
}

function nothingKept(folder: string): string {
  return `nothing is kept in ${folder} yet: almanac cache populate --help`;
}

function workOf({ provider, requests, weight }: GapPlan): Work[] {
  return provider === undefined ? [] : [{ provider, kind: 'live', requests, weight }];
}

async function makeTools(job: FillJob, { sources, asks, tools }: PopulateWiring): Promise<FillTools> {
  const { store, host, notes, noteName, now, signal } = tools;
  const { providers } = sources;
  const { calendarOf, describePlan } = asks;
  const register = await readOutages();
  const judge = openJudge(store, {
    providers,
    calendarOf,
    outages: (question) => outagesOf(register, question),
    notes,
    noteName,
    now,
  });
  return {
    ...{ store, host, notes, noteName, now, signal, ...judge },
    route: sources.route,
    provider: job.provider,
    describePlan,
    report: job.progress.report,
  };
}
