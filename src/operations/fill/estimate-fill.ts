import { closedUntil } from '../../market/expected.js';
import type { Choice } from '../../sources/route.js';
import { askedInVain, type Notes, readNotes } from '../populate/notes.js';
import { clusterHoles } from './cluster-holes.js';
import { whyNobody } from './conclude-hole.js';
import type { FillPlan } from './fill-gaps.js';
import type { GapPlan } from './fill-outcome.js';
import type { SeriesJob } from './fill-series.js';
import type { FillTools } from './fill-tools.js';
import { findAsked } from './find-asked.js';
import type { HoleWork } from './hole-work.js';
import { reachOf } from './reach-of.js';

/** What each gap would take of the first who may fill it and was not asked in vain today; nothing is asked of anybody. */
export async function estimateFill(
  { jobs }: FillPlan,
  tools: Pick<FillTools, 'notes' | 'noteName' | 'now'>,
): Promise<GapPlan[]> {
  const plans: GapPlan[] = [];
  for (const job of jobs) {
    const { symbol, timeframe } = job.info;
    const notes = await readNotes(tools.notes, tools.noteName(symbol, timeframe));
    plans.push(...estimateSeries(job, notes, tools.now()));
  }
  return plans;
}

function estimateSeries({ info, expectation, works }: SeriesJob, notes: Notes, now: number): GapPlan[] {
  const providers = new Set(works.flatMap(({ queue }) => queue.map(({ provider }) => provider)));
  const asked = new Map([...providers].map((each) => [each, findAsked(works, askedInVain(notes, each, now))]));
  const isOpen = (work: HoleWork, { provider }: Choice): boolean => asked.get(provider)?.has(work) !== true;
  const queues = new Map(works.map((work) => [work, work.queue.filter((choice) => isOpen(work, choice))]));
  const requests = new Map<HoleWork, number>();
  for (const provider of new Set([...queues.values()].flatMap(([choice]) => choice?.provider ?? []))) {
    const own = works.filter((work) => queues.get(work)?.[0]?.provider === provider);
    const choice = queues.get(own[0] as HoleWork)?.[0] as Choice;
    const rules = { choice, expectation, closed: closedUntil(expectation, now), reach: reachOf(choice, now) };
    for (const { holes, window } of clusterHoles(own, rules)) requests.set(holes[0] as HoleWork, window.requests);
  }
  return works.map((work): GapPlan => {
    const { symbol, timeframe } = info;
    const { start, end, bars } = work;
    const [choice, ...more] = queues.get(work) ?? [];
    const others = more.length === 0 ? '' : `; then ${more.map((each) => each.provider).join(', ')}`;
    const reason = choice === undefined ? tellNobody(work) : `${choice.reason}${others}`;
    return {
      symbol,
      timeframe,
      start,
      end,
      bars,
      provider: choice?.provider,
      ...costOf(choice, requests.get(work) ?? 0),
      reason,
    };
  });
}

function costOf(choice: Choice | undefined, requests: number): Pick<GapPlan, 'requests' | 'weight'> {
  return { requests, weight: requests * Math.max(1, ...Object.values(choice?.timeframe.cost ?? {})) };
}

function tellNobody({ queue, unable, besides }: HoleWork): string {
  if (queue.length > 0) return `${queue.map(({ provider }) => provider).join(', ')} had nothing there today`;
  return whyNobody(unable, besides);
}
