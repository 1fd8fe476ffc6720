import { widenBetweenSessions } from '../../market/between-sessions.js';
import { intersect, mergeRanges, type Range, subtractAll } from '../../market/range.js';
import { openOf, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { Series } from '../../store/face.js';
import type { Hole } from '../coverage/coverage.js';
import type { Ask, Task } from './ask.js';
import { type AskCoverage, coverAsk } from './cover-ask.js';
import { askedEver, askedInVain, type Notes } from './notes.js';
import { type PlanRules, planTasks } from './plan-tasks.js';

export interface SeriesPlan {
  readonly ask: Ask;
  readonly coverage: AskCoverage;
  readonly tasks: readonly Task[];
}

export interface SeriesPlanRules extends PlanRules {
  /** Fetch again what is there; the new rows win. */
  readonly force: boolean;
}

/** What one series still needs, from what is on disk and what was learned before; nothing is asked of anybody. */
export async function planSeries(ask: Ask, series: Series, notes: Notes, rules: SeriesPlanRules): Promise<SeriesPlan> {
  const coverage = await coverAsk(series, ask);
  if (rules.force) {
    const all: Hole = { ...ask.range, bars: coverage.expected };
    const again = coverage.missing > 0 ? 'too' : 'only';
    return { ask, coverage, tasks: planTasks(ask, [all], rules).map((task) => ({ ...task, again })) };
  }
  const { provider } = ask.choice;
  const missing = without(coverage.holes, askedInVain(notes, provider, rules.now));
  // A bar or two of a stand-still may be there all the same: that is asked once, and never again.
  const still = without(coverage.still, askedEver(notes, provider));
  const holes = joinTouching([...missing, ...still].sort((a, b) => a.start - b.start))
    .filter((hole) => ask.timeframe === 'ticks' || hole.end > hole.start)
    .map((hole) => ({ ...hole, ...widenBetweenSessions(ask.expectation, hole, ask.range) }));
  const again = await unfinal(ask, series, notes, rules.now);
  return { ask, coverage, tasks: withUnfinal(ask, planTasks(ask, holes, rules), again, rules) };
}

/** What is not final yet is asked for with what is missing beside it, or else by itself. */
function withUnfinal(ask: Ask, fresh: Task[], again: Range | undefined, rules: PlanRules): Task[] {
  if (again === undefined) return fresh;
  const beside = fresh.filter(({ via, start, end }) => via === 'live' && start <= again.end && again.start <= end);
  const whole = mergeRanges([again, ...beside].map(({ start, end }) => ({ start, end })));
  const [kind, bars] = beside.length === 0 ? (['only', 0] as const) : (['too', 1] as const);
  const holes = whole.map((range) => ({ ...range, bars }));
  return [
    ...fresh.filter((task) => !beside.includes(task)),
    ...planTasks(ask, holes, { ...rules, archive: false }).map((task) => ({ ...task, again: kind })),
  ];
}

function without(holes: readonly Hole[], ranges: readonly Range[]): Hole[] {
  const left = subtractAll(holes, ranges);
  return holes.flatMap(({ bars }, i) => (left[i] as Range[]).map((rest) => ({ ...rest, bars })));
}

/** A stand-still within a hole does not cut it: a month is one file. */
function joinTouching(holes: readonly Hole[]): Hole[] {
  const joined: Hole[] = [];
  for (const hole of holes) {
    const last = joined.at(-1);
    if (last?.end === hole.start) joined[joined.length - 1] = { ...last, end: hole.end, bars: last.bars + hole.bars };
    else joined.push(hole);
  }
  return joined;
}

/** The last bars that were fetched before their provider calls them final. */
async function unfinal(ask: Ask, series: Series, notes: Notes, now: number): Promise<Range | undefined> {
  const { finality } = ask.choice.timeframe;
  if (finality === undefined || finality <= 0) return undefined;
  const recent = intersect(ask.range, { start: now - 2 * finality - MONTH, end: now });
  if (recent === undefined) return undefined;
  const settled = notes.settled?.provider === ask.choice.provider ? notes.settled.at : Number.NEGATIVE_INFINITY;
  let from: number | undefined;
  let to = 0;
  for (const { sidecar } of await series.years()) {
    for (const range of sidecar?.provenance ?? []) {
      const end = Date.parse(range.to);
      // What is the same as before keeps its date; that it was asked for again is noted elsewhere.
      const fetched = Math.max(Date.parse(range.fetchedAt), settled);
      // Final since, and not looked at since: only bars that closed less than the delay before they were fetched.
      if (range.provider !== ask.choice.provider || end <= fetched - finality) continue;
      const first = earliestOpen(ask.timeframe, fetched - finality);
      from = Math.min(from ?? Number.POSITIVE_INFINITY, Math.max(Date.parse(range.from), first));
      to = Math.max(to, end);
    }
  }
  return from === undefined ? undefined : intersect(recent, { start: from, end: to });
}

/** Of a bar that closes after the instant, whatever its grid counts from. */
function earliestOpen(timeframe: Timeframe, instant: number): number {
  const step = stepOf(timeframe);
  return step === undefined ? openOf(timeframe, instant) : instant - step + 1;
}

const MONTH = 31 * 24 * 60 * 60_000;
