import { hasCode } from '../../market/almanac-error.js';
import type { Host } from '../../sources/host/create-host.js';
import { isProviderError } from '../../sources/provider-error.js';
import type { Store } from '../../store/face.js';
import { type Ask, seriesKey, type Task } from './ask.js';
import type { BadFile } from './bad-file.js';
import { coverAsk } from './cover-ask.js';
import { describeSeries } from './describe-series.js';
import { learnEmpty, learnSettled, learnStart } from './learn.js';
import { type NoteBook, readNotes } from './notes.js';
import type { SeriesPlan } from './plan-series.js';
import { queueByProvider } from './queue-tasks.js';
import type { PopulateEvent, PopulateReport, SeriesOutcome } from './report.js';
import { runTask, type TaskResult } from './run-task.js';
import { SeriesProgress } from './series-progress.js';
import { Width } from './width.js';

export interface PopulateTools {
  readonly store: Store;
  readonly host: (provider: string) => Promise<Host>;
  readonly notes: NoteBook;
  readonly noteName: (symbol: string, timeframe: Ask['timeframe']) => string;
  readonly now: () => number;
  /** What the machine bears side by side, to begin with. */
  readonly cores: number;
  readonly signal: AbortSignal;
  readonly report: (event: PopulateEvent) => void;
  readonly onBadFile: (file: BadFile) => Promise<void>;
}

export interface PopulateOptions {
  readonly archive: boolean;
  readonly force: boolean;
  readonly checksum: 'require' | 'proceed' | 'skip';
  readonly concurrency?: number | undefined;
}

/** Fetches what the plans lack, committing as it goes; what was committed stays, however this ends. */
export async function runPopulate(
  plans: readonly SeriesPlan[],
  options: PopulateOptions,
  tools: PopulateTools,
): Promise<PopulateReport> {
  return new PopulateRun(plans, options, tools).run();
}

/** One after another so many in a row, and a provider is taken for down. */
const GIVE_UP_AFTER = 3;

class PopulateRun {
  readonly #progress: ReadonlyMap<string, SeriesProgress>;
  readonly #stopped = new Map<string, unknown>();
  /** Providers whose API is asked nothing more; their files are. */
  readonly #shut = new Map<string, unknown>();
  readonly #failures = new Map<string, number>();
  #fatal: unknown;
  #done = 0;
  #begun = 0;

  constructor(
    private readonly plans: readonly SeriesPlan[],
    private readonly options: PopulateOptions,
    private readonly tools: PopulateTools,
  ) {
    this.#progress = new Map(plans.map((plan) => [seriesKey(plan.ask), new SeriesProgress(plan, tools.store)]));
  }

  async run(): Promise<PopulateReport> {
    this.#begun = this.tools.now();
    const queues = queueByProvider(this.plans);
    const tasks = this.plans.flatMap((plan) => plan.tasks);
    const bars = tasks.reduce((sum, task) => sum + task.bars, 0);
    const perProvider = new Map([...queues].map(([provider, queue]) => [provider, queue.length]));
    this.tools.report({ kind: 'planned', perProvider, bars });
    await Promise.all([...queues].map(([provider, queue]) => this.#work(provider, queue, tasks.length)));
    for (const progress of this.#progress.values()) await this.#settle(progress);
    const series: SeriesOutcome[] = [];
    for (const progress of this.#progress.values()) series.push(await this.#conclude(progress));
    return { series, interrupted: this.tools.signal.aborted, fatal: this.#fatal };
  }

  /** As many tasks of a provider at once as it allows; a short task does not wait for a long one. */
  async #work(provider: string, queue: Task[], total: number): Promise<void> {
    let host: Host;
    try {
      host = await this.tools.host(provider);
    } catch (error) {
      this.#stop(provider, error);
      return;
    }
    const most = Object.values(host.capabilities.limits.pools).reduce(
      (sum, pool) => Math.max(sum, pool.concurrency),
      1,
    );
    const width = new Width(Math.min(this.options.concurrency ?? most, most), this.tools.cores);
    const running = new Set<Promise<void>>();
    const halted = (): boolean => this.#fatal !== undefined || this.tools.signal.aborted || this.#stopped.has(provider);
    while ((queue.length > 0 && !halted()) || running.size > 0) {
      while (running.size < width.now && queue.length > 0 && !halted()) {
        const task = queue.shift() as Task;
        if (!this.#isWorthwhile(task)) continue;
        const work: Promise<void> = this.#do(task, host, total)
          .then((kept) => (kept ? width.widen() : width.narrow()))
          .finally(() => running.delete(work));
        running.add(work);
      }
      if (running.size > 0) await Promise.race(running);
    }
  }

  /** Where the API is shut, only what files can bring. */
  #isWorthwhile({ via, ask }: Task): boolean {
    const error = this.#shut.get(ask.choice.provider);
    if (error === undefined) return true;
    return via !== 'live' || (hasCode(error, 'BLOCKED') && hasFiles(ask) && this.options.archive);
  }

  /** Whether its provider kept up. */
  async #do(task: Task, host: Host, total: number): Promise<boolean> {
    const progress = this.#of(task);
    if (progress.error !== undefined) return true;
    const result = await runTask(task, {
      host,
      checksum: this.options.checksum,
      onBadFile: this.tools.onBadFile,
      now: this.tools.now,
      archive: this.options.archive,
      shut: () => this.#shut.get(host.provider.id),
      deliver: (delivery) => progress.writer.add(delivery),
    });
    progress.take(task, result);
    if (result.error === undefined)
      await this.#finish(task, result, host, progress).catch((error) => this.#giveUp(progress, error));
    else this.#fail(task, host.provider.id, result);
    // Stopped by its person is not failed.
    if (result.error !== undefined && this.tools.signal.aborted) return true;
    this.#done++;
    const { rows, traffic } = result;
    this.tools.report({
      kind: 'task',
      task,
      rows,
      ...traffic,
      done: this.#done,
      total,
      failed: result.error !== undefined,
    });
    return !isProviderError(result.error) || !['THROTTLED', 'UNAVAILABLE'].includes(result.error.code);
  }

  async #finish(task: Task, result: TaskResult, host: Host, progress: SeriesProgress): Promise<void> {
    this.#failures.set(host.provider.id, 0);
    if (--progress.open === 0) {
      await this.#flush(progress);
      const isWhole = !this.options.force && progress.plan.tasks.some(({ again }) => again !== undefined);
      if (isWhole) await learnSettled(task.ask, this.#begun, this.tools);
    }
    if (result.empty.length === 0) return;
    const confirmed = await learnEmpty(task.ask, result.empty, this.tools);
    if (confirmed.length > 0) await progress.explain(confirmed, host, this.tools.now());
  }

  /** What an error means for the task's series, for its provider, for everything. */
  #fail(task: Task, provider: string, { error, byApi }: TaskResult): void {
    if (this.tools.signal.aborted) return;
    const progress = this.#of(task);
    if (!isProviderError(error)) {
      this.#giveUp(progress, error);
      return;
    }
    progress.lastError = error;
    if (error.code === 'THROTTLED' || error.code === 'QUOTA' || error.code === 'AUTH' || error.code === 'BLOCKED') {
      this.#stop(provider, error, byApi && hasFiles(task.ask));
    } else if (error.code === 'UNAVAILABLE') {
      const failures = (this.#failures.get(provider) ?? 0) + 1;
      this.#failures.set(provider, failures);
      if (failures >= GIVE_UP_AFTER) this.#stop(provider, error, byApi && hasFiles(task.ask));
    } else if (error.code !== 'MALFORMED') progress.error = error;
  }

  #stop(provider: string, error: unknown, isApiAlone = false): void {
    const ended = isApiAlone ? this.#shut : this.#stopped;
    if (this.#stopped.has(provider) || ended.has(provider)) return;
    ended.set(provider, error);
    this.tools.report({ kind: 'stopped', provider, reason: error instanceof Error ? error.message : String(error) });
  }

  async #settle(progress: SeriesProgress): Promise<void> {
    await this.#flush(progress);
    const { ask } = progress.plan;
    if (!ask.openStart) return;
    const { first } = await this.tools.store.series(ask.symbol, ask.timeframe).info();
    if (first !== undefined && progress.hasAllBefore(first)) await learnStart(ask, first, this.tools);
  }

  async #flush(progress: SeriesProgress): Promise<void> {
    try {
      await progress.writer.flush();
    } catch (error) {
      this.#giveUp(progress, error);
    }
  }

  /** A series that must not take these bars is one series; a full disk or a lost lock is everything. */
  #giveUp(progress: SeriesProgress, error: unknown): void {
    if (hasCode(error, 'STORE_CONFLICT')) progress.error ??= error;
    else this.#fatal ??= error;
  }

  async #conclude(progress: SeriesProgress): Promise<SeriesOutcome> {
    const { ask, tasks } = progress.plan;
    const series = this.tools.store.series(ask.symbol, ask.timeframe);
    const { firstBar } = await readNotes(this.tools.notes, this.tools.noteName(ask.symbol, ask.timeframe));
    const start = ask.openStart ? Math.max(ask.range.start, firstBar?.at ?? ask.range.start) : ask.range.start;
    const coverage = await coverAsk(series, ask, start);
    const { provider } = ask.choice;
    const stopped = progress.open > 0 ? (this.#stopped.get(provider) ?? this.#shut.get(provider)) : undefined;
    const { written } = progress.writer;
    return {
      ask,
      tasks,
      rowsAdded: written.added,
      rowsReplaced: written.replaced,
      rowsTotal: (await series.info()).rows,
      coverage,
      requests: progress.requests,
      bytes: progress.bytes,
      warnings: describeSeries(progress, coverage),
      refused: progress.refused,
      error: describe(progress.error ?? stopped ?? progress.lastError),
    };
  }

  #of(task: Task): SeriesProgress {
    return this.#progress.get(seriesKey(task.ask)) as SeriesProgress;
  }
}

const hasFiles = ({ choice }: Ask): boolean => (choice.timeframe.archive?.length ?? 0) > 0;

function describe(error: unknown): SeriesOutcome['error'] {
  if (error === undefined) return undefined;
  if (isProviderError(error)) {
    const { code, message, suggestions, until } = error;
    return { code, message, suggestions, ...(until === undefined ? {} : { until }) };
  }
  return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error), suggestions: [] };
}
