import { hasCode } from '../../market/almanac-error.js';
import type { Bars } from '../../market/bars.js';
import { blockRange, splitByBlock } from '../../market/block.js';
import { formatInstant } from '../../market/instant.js';
import { intersect, type Range } from '../../market/range.js';
import { DAY } from '../../market/timeframe.js';
import type { ArchivePeriod, Context } from '../../provider/index.js';
import type { Tally } from '../../sources/admission/admission.js';
import { admitAll } from '../../sources/fetch-bars.js';
import type { Host, Traffic } from '../../sources/host/create-host.js';
import { isProviderError } from '../../sources/provider-error.js';
import type { PutProvenance } from '../../store/face.js';
import type { Task } from './ask.js';
import type { BadFile } from './bad-file.js';
import type { Delivery } from './delivery.js';
import { findHoles } from './find-holes.js';
import { RejectedRows } from './rejected-rows.js';
import { Seen } from './seen.js';
import { type FileTools, takeFile, type Via } from './take-file.js';

export interface TaskTools {
  readonly host: Host;
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly checksum: 'require' | 'proceed' | 'skip';
  readonly onBadFile: (file: BadFile) => Promise<void>;
  readonly now: () => number;
  /** Bulk files may be taken. */
  readonly archive: boolean;
  /** Why the provider's API is not to be asked any more, if it is not. */
  readonly shut: () => unknown;
}

export interface TaskResult {
  readonly error?: unknown;
  /** It was the API that failed: bulk files may be there all the same. */
  readonly byApi: boolean;
  readonly traffic: Traffic;
  /** Bars it brought, also those that were there already. */
  readonly rows: number;
  readonly refused: ReadonlyMap<string, number>;
  /** What was asked for on every rung, and nobody had. */
  readonly empty: readonly Range[];
  readonly warnings: readonly string[];
}

/** The API will say the same of every range: of this symbol, or to anybody here. */
const FOR_GOOD: ReadonlySet<string> = new Set(['SYMBOL_UNKNOWN', 'BLOCKED']);

/** A period this recent may not be published yet; an older one that is absent is absent for good. */
const LATE = 45 * DAY;
/** Rows of a file that wait for its end: more than two days of seconds, or four months of minutes. */
const MOST_HELD = 200_000;

/** Does one task: from the archive, month before day, and live for what that lacks. */
export async function runTask(task: Task, tools: TaskTools): Promise<TaskResult> {
  return new TaskRun(task, tools).run();
}

class TaskRun {
  readonly #refused = new Map<string, number>();
  readonly #rejected = new RejectedRows();
  readonly #warnings: string[] = [];
  readonly #seen = new Seen();
  /** What the whole task lacked when so many rows had come: asked for on each rung, and at the end. */
  #lacking: { readonly rows: number; readonly holes: readonly Range[] } | undefined;
  readonly #context: Context<unknown>;
  readonly #traffic: Traffic;
  #byApi = false;
  /** The same host, asked on this task's account. */
  readonly #host: Host;
  readonly #fileTools: FileTools;

  constructor(
    private readonly task: Task,
    private readonly tools: TaskTools,
  ) {
    const { context, traffic } = tools.host.metered();
    this.#context = context;
    this.#traffic = traffic;
    this.#host = { ...tools.host, context };
    this.#fileTools = {
      metered: { host: this.#host, context, traffic },
      checksum: tools.checksum,
      onBadFile: tools.onBadFile,
      admit: (range, batches) => this.#admit(range, batches),
      deliver: (bars, via) => this.#deliver(bars, via),
      forgetRefused: () => this.#rejected.take(),
      warn: (text) => this.#warnings.push(text),
      mostHeld: task.ask.timeframe === 'ticks' ? Number.POSITIVE_INFINITY : MOST_HELD,
    };
  }

  async run(): Promise<TaskResult> {
    const error = await this.#work();
    return {
      ...(error === undefined ? {} : { error }),
      byApi: error !== undefined && this.#byApi,
      traffic: this.#traffic,
      rows: this.#seen.rows,
      refused: this.#refused,
      empty: error === undefined ? this.#holes() : [],
      warnings: this.#warnings,
    };
  }

  /** What ends it, if anything does: what it took and learned until then is told all the same. */
  async #work(): Promise<unknown> {
    const { via } = this.task;
    try {
      if (via === 'live') await this.#askOrTakeFiles();
      else await this.#climbDown(via);
      return undefined;
    } catch (error) {
      return error ?? new Error('a task failed without saying why');
    }
  }

  /** Monthly file, then the daily files of days it lacks, then live what those lack. */
  async #climbDown(via: 'archive-month' | 'archive-day'): Promise<void> {
    if (via === 'archive-month') await this.#files(this.task, 'month');
    const lacking = via === 'archive-month' ? this.#holes() : [this.task.wanted];
    if (this.task.ask.choice.timeframe.archive?.includes('day')) {
      for (const day of daysOf(lacking)) await this.#files(day, 'day');
    }
    for (const hole of this.#holes()) {
      try {
        await this.#ask(hole);
      } catch (error) {
        // An API that knows the symbol no more has nothing to add to its files.
        if (!hasCode(error, 'SYMBOL_UNKNOWN') || this.#seen.isEmpty) throw error;
        return;
      }
    }
  }

  /** The API; and where it knows the symbol no more, or serves none of us here, whatever files there are. */
  async #askOrTakeFiles(): Promise<void> {
    try {
      await this.#ask(this.task);
    } catch (error) {
      if (!this.tools.archive || !isProviderError(error) || !FOR_GOOD.has(error.code)) throw error;
      await this.#takeFiles();
      const isAll = error.code === 'SYMBOL_UNKNOWN' ? !this.#seen.isEmpty : this.#holes().length === 0;
      if (!isAll) throw error;
    }
  }

  /** Months that are over, and days of those that may not be published yet. */
  async #takeFiles(): Promise<void> {
    const periods = this.task.ask.choice.timeframe.archive ?? [];
    const now = this.tools.now();
    this.#byApi = false;
    if (periods.includes('month')) {
      for (const part of splitByBlock('month', this.task)) {
        const month = blockRange('month', part.start);
        if (month.end <= now) await this.#files(month, 'month');
      }
    }
    const recent = { start: now - LATE, end: Math.floor(now / DAY) * DAY };
    if (periods.includes('day')) {
      for (const day of daysOf(this.#holes().flatMap((hole) => intersect(hole, recent) ?? [])))
        await this.#files(day, 'day');
    }
    this.#byApi = true;
  }

  async #ask(range: Range): Promise<void> {
    this.#byApi = true;
    const shut = this.tools.shut();
    if (shut !== undefined) throw shut;
    await this.#live(range);
    this.#byApi = false;
  }

  async #files(range: Range, period: ArchivePeriod): Promise<void> {
    const { archive } = this.tools.host.provider;
    const { instrument, timeframe } = this.task.ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    for (const file of archive?.files(request, period, this.#context.options) ?? []) {
      this.#context.signal.throwIfAborted();
      const isThere = await takeFile(file, this.#fileTools);
      if (!isThere && this.tools.now() - file.end > LATE) this.#context.debug('no such file', { file: file.url });
    }
  }

  async #live(range: Range): Promise<void> {
    const { instrument, timeframe } = this.task.ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    // A day of ticks is committed whole or not at all: nothing else would tell a half day from a quiet one.
    const held: Bars[] = [];
    for await (const bars of this.#admit(range, this.tools.host.provider.bars(request, this.#context))) {
      if (this.task.ask.timeframe === 'ticks') held.push(bars);
      else await this.#deliver(bars, { via: 'live' });
    }
    for (const bars of held) await this.#deliver(bars, { via: 'live' });
  }

  #admit(range: Range, batches: Parameters<typeof admitAll>[2]): AsyncIterable<Bars> {
    const { ask } = this.task;
    const { instrument, timeframe } = ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    const onTally = (tally: Tally): void => this.#count(tally);
    return admitAll(this.#host, request, batches, {
      sessions: ask.sessions,
      onTally,
      onBadRow: (row) => this.#rejected.add(row),
    });
  }

  async #deliver(bars: Bars, origin: Via): Promise<void> {
    const { ask, again } = this.task;
    const provenance: PutProvenance = {
      ...origin,
      provider: this.tools.host.provider.id,
      fetchedAt: formatInstant(this.tools.now()),
      derived: ask.choice.timeframe.derived === true,
      ...(this.tools.host.origin === undefined ? {} : { origin: this.tools.host.origin }),
    };
    this.#seen.add(bars.time);
    const rejected = this.#rejected.take();
    await this.tools.deliver({ bars, provenance, rejected, winner: again === undefined ? 'existing' : 'incoming' });
  }

  #count({ refused }: Tally): void {
    for (const [reason, count] of refused) {
      if (reason !== 'not-closed' && reason !== 'outside-range')
        this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + count);
    }
  }

  #holes(): readonly Range[] {
    const { rows } = this.#seen;
    if (this.#lacking?.rows !== rows) {
      this.#lacking = { rows, holes: findHoles(this.task.wanted, this.#seen, this.task.ask.expectation) };
    }
    return this.#lacking.holes;
  }
}

function daysOf(ranges: readonly Range[]): Range[] {
  const days = new Map<number, Range>();
  for (const { start, end } of ranges) {
    for (let at = Math.floor(start / DAY) * DAY; at < end; at += DAY) days.set(at, { start: at, end: at + DAY });
  }
  return [...days.values()];
}
