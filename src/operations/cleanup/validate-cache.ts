import path from 'node:path';
import { ownFolder } from '../../store/layout.js';
import type { StoreContext } from '../../store/store-context.js';
import { findingsOrUnreadable } from '../../store/upkeep/judge-unreadable.js';
import { judgeYear } from '../../store/upkeep/judge-year.js';
import { listQuarantine } from '../../store/upkeep/list-quarantine.js';
import { type SeriesOnDisk, walkCache } from '../../store/upkeep/walk-cache.js';
import { type Seen, seeFiles } from '../../store/upkeep/year-subject.js';
import type { CleanupReport, ReportedFinding, SeriesSummary } from './cleanup-report.js';
import { describeItem } from './describe-item.js';
import { type AuditPlan, planKey } from './plan-audit.js';
import { STEPS, type Steps, stepsOfAudit } from './steps.js';
import { Tally } from './tally.js';

/** Years under judgement at once: each keeps the thread pool busy by itself, and memory flat. */
const AT_ONCE = 4;

export interface ValidateOptions {
  /** Which blocks to read; all where nothing is said. */
  readonly audit?: AuditPlan | undefined;
  /** Told after every year. */
  readonly onYear?: ((done: number, of: number) => void) | undefined;
}

/** Judges every file of a cache and touches none. No lock is held: others may write meanwhile. */
export async function validateCache(context: StoreContext, options: ValidateOptions = {}): Promise<CleanupReport> {
  const { files, folder: cache } = context;
  const steps = options.audit === undefined ? STEPS : stepsOfAudit(STEPS);
  const tally = new Tally(namesOf(steps));
  const disk = await walkCache(files, cache);
  const findings: ReportedFinding[] = [];
  const series = new Map<string, { -readonly [K in keyof SeriesSummary]: SeriesSummary[K] }>();
  const years = disk.series.flatMap((each) => each.years.map((year) => ({ series: each, year })));
  for (const each of disk.series) {
    const { symbol, timeframe: interval } = each;
    series.set(each.path, { symbol, interval, years: each.years.length, blocks: 0, rows: 0, findings: 0 });
  }

  let done = 0;
  async function judge({ series: each, year }: { readonly series: SeriesOnDisk; readonly year: number }) {
    const periods = options.audit?.periodsOf(planKey(each.path, year));
    const measure = <T>(name: string, run: () => Promise<T>) => tally.measure(name, run);
    const judged = await judgeYear(files, each, year, steps.year, { periods, measure });
    const summary = series.get(each.path);
    if (summary !== undefined) {
      summary.blocks += judged.blocks;
      summary.rows += judged.rows;
    }
    const whose = { symbol: each.symbol, interval: each.timeframe, year };
    for (const finding of judged.findings) findings.push({ ...finding, ...whose, seen: judged.seen });
    options.onYear?.(++done, years.length);
  }

  await forEachAtOnce(years, judge, context.signal);
  const previous = { files: 0, bytes: 0 };
  for (const each of disk.series) {
    const whose = { symbol: each.symbol, interval: each.timeframe };
    for (const step of steps.series) {
      const judge = () => findingsOrUnreadable(cache, each.folder, () => step.judge(files, each));
      const found = await tally.measure(step.name, judge, step.looked(each));
      for (const finding of found) findings.push({ ...finding, ...whose, seen: await seeOf(context, finding.path) });
    }
    // Where their sizes cannot be seen, the judges before have said so.
    for (const { bytes } of await seeFiles(files, each.folder, each.previous).catch(() => [])) {
      previous.files++;
      previous.bytes += bytes;
    }
  }
  for (const step of steps.cache) {
    const judge = () => findingsOrUnreadable(cache, ownFolder(cache), () => step.judge(files, cache, disk));
    const found = await tally.measure(step.name, judge);
    for (const finding of found) findings.push({ ...finding, seen: await seeOf(context, finding.path) });
  }
  for (const { symbol, interval } of findings) {
    const summary = [...series.values()].find((each) => each.symbol === symbol && each.interval === interval);
    if (summary !== undefined) summary.findings++;
  }
  return {
    schemaVersion: 1,
    generatedAt: new Date(context.now()).toISOString(),
    steps: tally.report(),
    series: [...series.values()],
    findings: withoutRepeats(findings).sort((a, b) =>
      a.path === b.path ? (a.id < b.id ? -1 : 1) : a.path < b.path ? -1 : 1,
    ),
    quarantine: (await listQuarantine(files, cache)).map(describeItem),
    previous,
    ...(options.audit === undefined ? {} : { sample: options.audit.summary }),
  };
}

/** Empty where it cannot even be seen: such a finding is not acted on. */
function seeOf({ files, folder }: StoreContext, below: string): Promise<readonly Seen[]> {
  const target = path.join(folder, ...below.split('/'));
  return seeFiles(files, path.dirname(target), [path.basename(target)]).catch(() => []);
}

/** Several judges may meet the same path that cannot be read. */
function withoutRepeats(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return [...new Map(findings.map((each) => [each.id, each])).values()];
}

function namesOf({ year, series, cache }: Steps): string[] {
  return [...year.before, ...year.blocks, ...year.after, ...series, ...cache].map(({ name }) => name);
}

async function forEachAtOnce<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const left = items.values();
  const run = async (): Promise<void> => {
    for (const item of left) {
      signal?.throwIfAborted();
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, run));
}
