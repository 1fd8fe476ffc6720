import type { Bars } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import type { Range } from '../../market/range.js';
import { DAY } from '../../market/timeframe.js';
import type { ArchiveFile, ArchivePeriod, ArchiveReading, Checksum, Context } from '../../provider/index.js';
import type { Tally } from '../../sources/admission/admission.js';
import { admitAll } from '../../sources/fetch-bars.js';
import type { Host, Traffic } from '../../sources/host/create-host.js';
import type { PutProvenance } from '../../store/face.js';
import type { Task } from './ask.js';
import type { BadFile } from './bad-file.js';
import type { Delivery } from './delivery.js';
import { spellChecksum } from './doubted-checksum.js';
import { findHoles } from './find-holes.js';
import { readArchiveFile, whyUnusable } from './read-archive-file.js';
import { RejectedRows } from './rejected-rows.js';
import { Seen } from './seen.js';

export interface TaskTools {
  readonly host: Host;
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly checksum: 'require' | 'proceed' | 'skip';
  readonly onBadFile: (file: BadFile) => Promise<void>;
  readonly now: () => number;
}

export interface TaskResult {
  readonly error?: unknown;
  readonly traffic: Traffic;
  /** Bars it brought, also those that were there already. */
  readonly rows: number;
  readonly first: number | undefined;
  readonly refused: ReadonlyMap<string, number>;
  /** What was asked for on every rung, and nobody had. */
  readonly empty: readonly Range[];
  readonly warnings: readonly string[];
}

/** A period this recent may not be published yet; an older one that is absent is absent for good. */
const LATE = 45 * DAY;
/** Rows of a file that wait for its end: more than two days of seconds, or four months of minutes. */
const MOST_HELD = 200_000;

const WHAT_CAME_OF: Readonly<Record<BadFile['action'], string>> = {
  'went-on': 'does not match its checksum; nothing of it was taken (almanac cache checksums list)',
  proceeded: 'does not match its checksum; stored all the same (almanac cache checksums list)',
  unvouched: 'has no checksum; its bars were checked one by one only',
};

type Origin = Pick<PutProvenance, 'via' | 'checksum' | 'etag'>;
type FileRead = Extract<ArchiveReading, { state: 'read' }>;

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
    const error = await this.#work();
    return {
      ...(error === undefined ? {} : { error }),
      traffic: this.#traffic,
      rows: this.#seen.rows,
      first: this.#seen.first,
      refused: this.#refused,
      empty: error === undefined ? this.#holes() : [],
      warnings: this.#warnings,
    };
  }

  /** What ends it, if anything does: what it took and learned until then is told all the same. */
  async #work(): Promise<unknown> {
    const { via } = this.task;
    try {
      if (via === 'live') await this.#live(this.task);
      else await this.#climbDown(via);
      return undefined;
    } catch (error) {
      return error ?? new Error('a task failed without saying why');
    }
  }

  /** Monthly file, then the daily files of days it lacks, then live what those lack. */
  async #climbDown(via: 'archive-month' | 'archive-day'): Promise<void> {
    if (via === 'archive-month') await this.#files(this.task, 'month');
    const lacking = via === 'archive-month' ? this.#holes() : [this.task];
    if (this.task.ask.choice.timeframe.archive?.includes('day')) {
      for (const day of daysOf(lacking)) await this.#files(day, 'day');
    }
    for (const hole of this.#holes()) await this.#live(hole);
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
    const metered = { host: this.#host, context: this.#context, traffic: this.#traffic };
    const reading = await readArchiveFile(file, metered, this.tools.checksum);
    if (reading.state === 'absent') {
      if (this.tools.now() - file.end > LATE) this.#context.debug('no such file', { file: file.url });
      return;
    }
    if (reading.state === 'unusable') {
      this.#warnings.push(`${nameOf(file)} cannot be used, and nothing of it was taken: ${reading.reason}`);
      return;
    }
    if (reading.state === 'mismatch') {
      await this.#note(file, reading, 'went-on');
      return;
    }
    await this.#takeFile(file, reading);
  }

  /** All of a file or nothing: its damage may show at its end alone. */
  async #takeFile(file: ArchiveFile, reading: FileRead): Promise<void> {
    const range = { start: file.start, end: file.end };
    const origin: Origin = {
      via: file.period === 'month' ? 'archive-month' : 'archive-day',
      // Of a file nobody held against anything there is nothing to say.
      ...(reading.checksum === 'skipped' ? {} : { checksum: spellChecksum(reading) }),
      ...(reading.etag === undefined ? {} : { etag: reading.etag }),
    };
    const held: Bars[] = [];
    let rows = 0;
    let released = false;
    const release = async (): Promise<void> => {
      // Written down first: bars that nothing stands for must not be stored and forgotten.
      if (!released && reading.checksum === 'mismatch') await this.#note(file, reading, 'proceeded');
      if (!released && reading.checksum === 'missing') await this.#note(file, reading, 'unvouched');
      released = true;
      for (const bars of held.splice(0)) await this.#deliver(bars, origin);
    };
    const before = this.#traffic.bytes;
    try {
      // A month may bring true bars beyond what was asked: they are kept.
      for await (const bars of this.#admit(range, reading.batches)) {
        held.push(bars);
        rows += bars.time.length;
        if (rows > MOST_HELD && this.task.ask.timeframe !== 'ticks') await release();
      }
    } catch (error) {
      const reason = whyUnusable(error, this.#traffic.bytes > before);
      if (reason === undefined) throw error;
      if (!released && reading.checksum === 'mismatch') await this.#note(file, reading, 'went-on');
      this.#rejected.take();
      const taken = released ? 'only its first part was taken' : 'nothing of it was taken';
      this.#warnings.push(`${nameOf(file)} cannot be used, and ${taken}: ${reason}`);
      return;
    }
    await release();
  }

  /** Into the registry and the report; a registry that cannot be written stops no download. */
  async #note(file: ArchiveFile, reading: Checksum, action: BadFile['action']): Promise<void> {
    const etag = 'etag' in reading && typeof reading.etag === 'string' ? reading.etag : file.etag;
    const { expected = '', actual } = reading;
    const provider = this.tools.host.provider.id;
    this.#warnings.push(`${nameOf(file)} ${WHAT_CAME_OF[action]}`);
    try {
      await this.tools.onBadFile({ provider, file, expected, actual, ...(etag === undefined ? {} : { etag }), action });
    } catch (error) {
      this.#warnings.push(`${nameOf(file)} could not be written into the registry of checksums: ${messageOf(error)}`);
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

  async #deliver(bars: Bars, origin: Origin): Promise<void> {
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
      this.#lacking = { rows, holes: findHoles(this.task, this.#seen, this.task.ask.expectation) };
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

function nameOf({ url }: ArchiveFile): string {
  return url.split('/').at(-1) ?? url;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
