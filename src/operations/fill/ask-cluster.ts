import { judgeAgreement } from '../../market/alignment/judge-agreement.js';
import { type Bars, barsWithin, concatBars } from '../../market/bars.js';
import type { Expectation } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Series } from '../../store/face.js';
import { type Cluster, type Window, type WindowRules, windowOf } from './cluster-holes.js';
import { compareSides, pickRows, readSides } from './compare-sides.js';
import { describeDisagreement } from './describe-disagreement.js';
import { type Fetch, fetchRange, joinBatches, streamRange } from './fetch-range.js';
import type { HoleWork, Verdict } from './hole-work.js';
import type { OwnRows } from './own-rows.js';

export interface ClusterTools {
  readonly series: Series;
  /** What this very source gave, of which `splice` keeps count. */
  readonly own: OwnRows;
  readonly expectation: Expectation;
  readonly rules: WindowRules;
  readonly tolerance: number;
  readonly columns: readonly string[];
  /** Commits rows that were missing; called once a cluster, oftener for a long hole. */
  readonly splice: (bars: Bars) => Promise<void>;
}

/** Rows of a long hole that are committed at once. */
const MOST_SPLICED = 200_000;

/**
 * Asks one source for the holes of a cluster, compares it with the bars beside each, and splices what is missing where
 * it agrees. Each hole gets its verdict.
 */
export async function askCluster(cluster: Cluster<HoleWork>, host: Host, tools: ClusterTools): Promise<void> {
  const { choice, window, long } = cluster;
  const { series, own, expectation, rules, columns } = tools;
  const metered = host.metered();
  const fetch: Fetch = {
    host: { ...host, context: metered.context },
    choice,
    sessions: expectation.calendar.rhythm !== 'always',
    columns,
  };
  const [first] = cluster.holes as readonly [HoleWork];
  try {
    const fetched = long ? await fetchMargins(fetch, first, window) : await fetchRange(fetch, window);
    const agreed: { readonly hole: HoleWork; readonly evidence: string }[] = [];
    for (const hole of cluster.holes) {
      const around = windowOf(hole, rules);
      const ours = await readSides(series, hole, around, own);
      const agreement = compareSides(expectation.timeframe, ours, fetched, hole, around);
      const why = judgeAgreement(agreement, tools.tolerance);
      if (why === undefined) {
        agreed.push({ hole, evidence: `${agreement.ratio.toFixed(4)} × over ${agreement.overlap} bars` });
        continue;
      }
      const others = hole.besides.join(' and ') || 'what is there';
      const said = describeDisagreement(why, agreement, choice.provider, others);
      const limit = why === 'scale' ? `, and ${Number((tools.tolerance * 100).toPrecision(6))} % is allowed` : '';
      hole.verdicts.push({ kind: 'refused', provider: choice.provider, reason: `${said}${limit}`, compared: true });
    }
    if (long) for (const { hole, evidence } of agreed) await spliceLong(hole, fetch, evidence, tools);
    else await spliceHeld(agreed, fetched, fetch, tools);
  } finally {
    first.requests += metered.traffic.requests;
  }
}

async function fetchMargins(fetch: Fetch, hole: Range, window: Window): Promise<Bars> {
  const before = await fetchRange(fetch, { start: window.start, end: hole.start });
  return concatBars([before, await fetchRange(fetch, { start: hole.end, end: window.end })], fetch.columns);
}

async function spliceHeld(
  agreed: readonly { readonly hole: HoleWork; readonly evidence: string }[],
  fetched: Bars,
  fetch: Fetch,
  tools: ClusterTools,
): Promise<void> {
  const found = agreed.map(({ hole }) => missingRows(barsWithin(fetched, hole), hole));
  await tools.splice(concatBars(found, fetch.columns));
  for (const [i, { hole, evidence }] of agreed.entries()) {
    const times = (found[i] as Bars).time;
    hole.take(new Set(times));
    hole.verdicts.push(verdictOf(times.length, hole, fetch, evidence, tools));
  }
}

async function spliceLong(hole: HoleWork, fetch: Fetch, evidence: string, tools: ClusterTools): Promise<void> {
  const { reach } = tools.rules;
  let held: Bars[] = [];
  let rows = 0;
  let added = 0;
  const flush = async (): Promise<void> => {
    const bars = joinBatches(held, fetch.columns);
    held = [];
    rows = 0;
    await tools.splice(bars);
    hole.take(new Set(bars.time));
    added += bars.time.length;
  };
  try {
    for await (const bars of streamRange(fetch, { start: Math.max(hole.start, reach), end: hole.end })) {
      const missing = missingRows(bars, hole);
      if (missing.time.length === 0) continue;
      held.push(missing);
      rows += missing.time.length;
      if (rows >= MOST_SPLICED) await flush();
    }
  } finally {
    // What came before it broke off is as good as the rest.
    await flush();
    if (added > 0) hole.verdicts.push(verdictOf(added, hole, fetch, evidence, tools));
  }
  if (added === 0) hole.verdicts.push(verdictOf(0, hole, fetch, evidence, tools));
}

/** Rows at opens that are missing, and no others: what the calendar knows nothing of stays out. */
function missingRows(bars: Bars, { opens }: HoleWork): Bars {
  const rows: number[] = [];
  for (let row = 0, at = 0; row < bars.time.length; row++) {
    const time = bars.time[row] as number;
    while (at < opens.length && (opens[at] as number) < time) at++;
    if (opens[at] === time) rows.push(row);
  }
  return pickRows(bars, rows);
}

function verdictOf(added: number, hole: HoleWork, { choice }: Fetch, evidence: string, tools: ClusterTools): Verdict {
  const { provider } = choice;
  const from = tools.rules.reach;
  if (added === 0) return { kind: 'empty', provider, from, reason: `${provider} has nothing there (${evidence})` };
  const asked = added + hole.opens.length;
  const of = hole.opens.length === 0 ? '' : ` ${added} of ${asked} bars`;
  const how = choice.timeframe.derived === true ? `${evidence}, made from samples` : evidence;
  return { kind: 'added', provider, from, reason: `${provider}${of} (${how})` };
}
