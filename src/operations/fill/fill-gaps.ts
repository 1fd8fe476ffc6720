import type { Expectation } from '../../market/expected.js';
import type { SeriesInfo } from '../../store/face.js';
import type { Hole } from '../coverage/coverage.js';
import { readNotes } from '../populate/notes.js';
import { isFresh } from '../validate/keep-validation.js';
import type { SeriesValidation } from '../validate/validation.js';
import { coversSeries } from './covers-series.js';
import { describeDamage } from './describe-damage.js';
import type { FillReport, GapOutcome } from './fill-outcome.js';
import { SeriesFill, type SeriesJob, type Stopped } from './fill-series.js';
import type { FillOptions, FillTools } from './fill-tools.js';
import { findAlternates } from './find-alternates.js';
import { HoleWork } from './hole-work.js';
import { isUnfetchedEnd, listHoles } from './list-holes.js';
import { readWhoseRows } from './whose-rows.js';

/** The gaps that were asked for, series by series, with everybody who may fill them. */
export interface FillPlan {
  readonly jobs: readonly SeriesJob[];
  readonly beyondLimit: number;
  readonly warnings: readonly string[];
  /** Series with damage, which is for others to mend. */
  readonly damaged: number;
  /** Series that had to be judged first, for the report on disk. */
  readonly judged: readonly SeriesValidation[];
}

/** What is missing and may be asked for; nothing is asked of anybody, and nothing is written. */
export async function planFill(
  infos: readonly SeriesInfo[],
  options: FillOptions,
  tools: FillTools,
): Promise<FillPlan> {
  const jobs: SeriesJob[] = [];
  const judged: SeriesValidation[] = [];
  const unfetched: SeriesInfo[] = [];
  const damage: string[] = [];
  let beyondLimit = 0;
  for (const info of infos) {
    tools.signal.throwIfAborted();
    if (info.timeframe === 'ticks') continue;
    const { validation, fresh } = await validationOf(info, options, tools);
    if (!fresh) judged.push(validation);
    const hurt = describeDamage(validation);
    if (hurt !== undefined) damage.push(hurt);
    const expectation = await tools.expect(info);
    const all = listHoles(validation, expectation);
    const holes = await leaveEnd(info, all, tools);
    if (holes.length < all.length) unfetched.push(info);
    const within = holes.filter(({ start, end }) => end - start <= (options.maxGapMs ?? Number.POSITIVE_INFINITY));
    beyondLimit += holes.length - within.length;
    if (within.length > 0) jobs.push(await makeJob(info, expectation, within, tools));
  }
  return { jobs, beyondLimit, warnings: [...damage, ...warnOf(unfetched)], damaged: damage.length, judged };
}

/** One sentence for all of them: a cache that was not brought up to date is no fault. */
function warnOf(unfetched: readonly SeriesInfo[]): string[] {
  const [first, ...more] = unfetched;
  if (first === undefined) return [];
  const others = more.length === 0 ? ' has' : ` and ${more.length} more series have`;
  return [
    `${first.symbol} ${first.timeframe}${others} not been fetched since the last bar, which is no gap to fill: almanac cache update`,
  ];
}

async function validationOf(info: SeriesInfo, { revalidate }: FillOptions, tools: FillTools) {
  const known = revalidate ? undefined : await tools.known(info);
  const series = tools.store.series(info.symbol, info.timeframe);
  if (known !== undefined && coversSeries(known, info) && (await isFresh(known, series)))
    return { validation: known, fresh: true };
  return { validation: await tools.validate(info, tools.signal), fresh: false };
}

/** The end of a series that was not fetched yet is for its own provider: filling it from another would keep that out. */
async function leaveEnd(
  { symbol, timeframe, last }: SeriesInfo,
  holes: readonly Hole[],
  tools: FillTools,
): Promise<readonly Hole[]> {
  const end = holes.at(-1);
  if (end === undefined || last === undefined) return holes;
  const { empty } = await readNotes(tools.notes, tools.noteName(symbol, timeframe));
  return isUnfetchedEnd(end, last, empty) ? holes.slice(0, -1) : holes;
}

async function makeJob(
  info: SeriesInfo,
  expectation: Expectation,
  holes: readonly Hole[],
  tools: FillTools,
): Promise<SeriesJob> {
  const series = tools.store.series(info.symbol, info.timeframe);
  const whose = await readWhoseRows(series);
  const works: HoleWork[] = [];
  for (const hole of holes) {
    const besides = whose.besides(hole);
    const alternates = await findAlternates(info, hole, besides, tools);
    works.push(new HoleWork(hole, expectation, alternates, besides));
  }
  return { info, series, expectation, whose, works };
}

/** Fills what the plan holds, and makes the report on disk true of it again. */
export async function runFill(plan: FillPlan, options: FillOptions, tools: FillTools): Promise<FillReport> {
  const gaps: GapOutcome[] = [];
  const stopped: Stopped = new Map();
  const total = plan.jobs.reduce((sum, { works }) => sum + works.length, 0);
  let done = 0;
  let fatal: unknown;
  tools.report({ kind: 'planned', gaps: total, series: plan.jobs.length });
  if (plan.judged.length > 0) await tools.keep(plan.judged);
  for (const job of plan.jobs) {
    if (tools.signal.aborted) break;
    const fill = new SeriesFill(job, options, tools, stopped, (gap) =>
      tools.report({ kind: 'gap', gap, done: ++done, total }),
    );
    gaps.push(...(await fill.run()));
    if (!tools.signal.aborted) fatal = fill.error;
    // Also of a series whose filling was broken off: what is in the store now is what the report shall say.
    if (fill.touched)
      await judgeAgain(job, tools).catch((error: unknown) => {
        fatal ??= error;
      });
    if (fatal !== undefined) break;
  }
  return {
    gaps,
    beyondLimit: plan.beyondLimit,
    untouched: total - gaps.length,
    warnings: plan.warnings,
    damaged: plan.damaged,
    interrupted: tools.signal.aborted,
    fatal,
  };
}

/** Without a signal: also of a run that was stopped the report shall be true. */
async function judgeAgain({ series }: SeriesJob, tools: FillTools): Promise<void> {
  await tools.keep([await tools.validate(await series.info())]);
}
