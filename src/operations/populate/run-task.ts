import type { Bars } from '../../market/bars.js';
import { expectedOpens } from '../../market/expected.js';
import { intersect, type Range } from '../../market/range.js';
import { closeOf, DAY } from '../../market/timeframe.js';
import type { ArchiveFile, ArchivePeriod, Context } from '../../provider/index.js';
import type { Tally } from '../../sources/admission/admission.js';
import { admitAll } from '../../sources/fetch-bars.js';
import type { Host, Traffic } from '../../sources/host/create-host.js';
import type { PutProvenance } from '../../store/face.js';
import type { Task } from './ask.js';
import type { BadFile } from './bad-file.js';
import { Seen } from './seen.js';
import type { Delivery } from './series-writer.js';

export interface TaskTools {
  readonly host: Host;
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly checksum: 'require' | 'proceed' | 'skip';
  readonly onBadFile: (file: BadFile) => Promise<void>;
  readonly now: () => number;
}

export interface TaskResult {
  readonly traffic: Traffic;
  /** Bars it brought, also those that were there already. */
  readonly rows: number;
  readonly refused: ReadonlyMap<string, number>;
  /** What was asked for on every rung, and nobody had. */
  readonly empty: readonly Range[];
  readonly warnings: readonly string[];
}

/** A period this recent may not be published yet; an older one that is absent is absent for good. */
const LATE = 45 * DAY;

/** Does one task: from the archive, month before day, and live for what that lacks. */
export async function runTask(task: Task, tools: TaskTools): Promise<TaskResult> {
  return new TaskRun(task, tools).run();
}

class TaskRun {
  readonly #refused = new Map<string, number>();
  readonly #warnings: string[] = [];
  readonly #seen = new Seen();
  readonly #context: Context<unknown>;
  readonly #traffic: Traffic;
  /** The same host, asked on this task's account. */
  readonly #host: Host;

  constructor(
    private readonly task: Task,
    private readonly tools: TaskTools,
  ) {
    const { context, traffic } = tools.host.metered();
    this.#context = context;
    this.#traffic = traffic;
    this.#host = { ...tools.host, context };
  }

  async run(): Promise<TaskResult> {
    const { via } = this.task;
    if (via === 'live') await this.#live(this.task);
    else await this.#climbDown(via);
    return {
      traffic: this.#traffic,
      rows: this.#seen.rows,
      refused: this.#refused,
      empty: this.#holesIn(this.task),
      warnings: this.#warnings,
    };
  }

  /** Monthly file, then the daily files of days it lacks, then live what those lack. */
  async #climbDown(via: 'archive-month' | 'archive-day'): Promise<void> {
    if (via === 'archive-month') await this.#files(this.task, 'month');
    const lacking = via === 'archive-month' ? this.#holesIn(this.task) : [this.task];
    if (this.task.ask.choice.timeframe.archive?.includes('day')) {
      for (const day of daysOf(lacking)) await this.#files(day, 'day');
    }
    for (const hole of this.#holesIn(this.task)) await this.#live(hole);
  }

  async #files(range: Range, period: ArchivePeriod): Promise<void> {
    const { archive } = this.tools.host.provider;
    const { instrument, timeframe } = this.task.ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    for (const file of archive?.files(request, period, this.#context.options) ?? []) {
      this.#context.signal.throwIfAborted();
      await this.#file(file);
    }
  }

  async #file(file: ArchiveFile): Promise<void> {
    const { archive } = this.tools.host.provider;
    if (archive === undefined) return;
    const { checksum } = this.tools;
    for (let attempt = 1; ; attempt++) {
      const reading = await archive.read(file, this.#context, { checksum });
      if (reading.state === 'absent') {
        if (this.tools.now() - file.end > LATE) this.#context.debug('no such file', { file: file.url });
        return;
      }
      if (reading.checksum === 'mismatch') {
        const proceeding = reading.state === 'read';
        if (!proceeding && attempt === 1) continue;
        await this.tools.onBadFile({
          file,
          expected: reading.expected ?? '',
          actual: reading.actual,
          action: proceeding ? 'proceeded' : 'went-on',
        });
        this.#warnings.push(
          `${nameOf(file)} does not match its checksum; ${proceeding ? 'stored all the same' : 'nothing of it was taken'}`,
        );
        if (!proceeding) return;
      }
      if (reading.state !== 'read') return;
      if (reading.checksum === 'missing')
        this.#warnings.push(`${nameOf(file)} has no checksum; its bars were checked one by one only`);
      // A month may bring true bars beyond what was asked: they are kept.
      const range = { start: file.start, end: file.end };
      await this.#take(range, reading.batches, {
        via: file.period === 'month' ? 'archive-month' : 'archive-day',
        checksum: reading.actual,
        ...(reading.etag === undefined ? {} : { etag: reading.etag }),
      });
      return;
    }
  }

  async #live(range: Range): Promise<void> {
    const { instrument, timeframe } = this.task.ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    await this.#take(range, this.tools.host.provider.bars(request, this.#context), { via: 'live' });
  }

  async #take(
    range: Range,
    batches: Parameters<typeof admitAll>[2],
    origin: Pick<PutProvenance, 'via' | 'checksum' | 'etag'>,
  ): Promise<void> {
    const { ask, again } = this.task;
    const { instrument, timeframe } = ask.choice;
    const request = { instrument, timeframe: timeframe.timeframe, ...range };
    const provenance: PutProvenance = {
      ...origin,
      provider: this.tools.host.provider.id,
      fetchedAt: new Date(this.tools.now()).toISOString().replace('.000Z', 'Z'),
      derived: timeframe.derived === true,
      ...(this.tools.host.origin === undefined ? {} : { origin: this.tools.host.origin }),
    };
    const winner = again === true ? 'incoming' : 'existing';
    // A day of ticks is committed whole or not at all: nothing else would tell a half day from a quiet one.
    const held: Bars[] = [];
    const onTally = (tally: Tally): void => this.#count(tally);
    for await (const bars of admitAll(this.#host, request, batches, { sessions: ask.sessions, onTally })) {
      this.#seen.add(bars.time);
      if (ask.timeframe === 'ticks') held.push(bars);
      else await this.tools.deliver({ bars, provenance, winner });
    }
    for (const bars of held) await this.tools.deliver({ bars, provenance, winner });
  }

  #count({ refused }: Tally): void {
    for (const [reason, count] of refused) {
      if (reason !== 'not-closed' && reason !== 'outside-range')
        this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + count);
    }
  }

  /** What of a range should be there and did not come. */
  #holesIn(range: Range): Range[] {
    const { ask } = this.task;
    const asked = intersect(range, this.task);
    if (asked === undefined) return [];
    if (ask.timeframe === 'ticks') return this.#seen.isEmpty ? [asked] : [];
    const holes: { start: number; end: number }[] = [];
    const expected = expectedOpens(ask.expectation, asked);
    let before = Number.NaN;
    for (const open of expected) {
      if (this.#seen.has(open)) {
        before = Number.NaN;
        continue;
      }
      const last = holes.at(-1);
      const close = closeOf(ask.timeframe, open);
      if (last !== undefined && !Number.isNaN(before)) last.end = close;
      else holes.push({ start: open, end: close });
      before = open;
    }
    return holes;
  }
}

function daysOf(ranges: readonly Range[]): Range[] {
  const days = new Map<number, Range>();
  for (const { start, end } of ranges) {
    for (let at = Math.floor(start / DAY) * DAY; at < end; at += DAY) days.set(at, { start: at, end: at + DAY });
  }
  return [...days.values()];
}

function nameOf({ url }: ArchiveFile): string {
  return url.split('/').at(-1) ?? url;
}
