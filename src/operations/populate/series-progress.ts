import { emptyBars } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import { intersect, type Range, yearRange } from '../../market/range.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Store } from '../../store/face.js';
import type { Task } from './ask.js';
import type { SeriesPlan } from './plan-series.js';
import type { TaskResult } from './run-task.js';
import { SeriesWriter } from './series-writer.js';

/** How far one series has come. */
export class SeriesProgress {
  readonly writer: SeriesWriter;
  readonly warnings: string[] = [];
  readonly refused = new Map<string, number>();
  requests = 0;
  bytes = 0;
  /** Tasks not yet done. */
  open: number;
  /** Ends the series: it will not get better by asking for another part. */
  error: unknown;
  lastError: unknown;
  readonly #done = new Set<Task>();

  constructor(
    readonly plan: SeriesPlan,
    private readonly store: Store,
  ) {
    const { symbol, timeframe, choice, expectation } = plan.ask;
    this.open = plan.tasks.length;
    this.writer = new SeriesWriter(store.series(symbol, timeframe), {
      assetClass: choice.instrument.assetClass,
      calendar: expectation.calendar.id,
    });
  }

  take(task: Task, result: TaskResult): void {
    // What the file of a month has is where a series began, whatever the API would have said.
    const hasFile = task.via === 'archive-month' && result.byApi && result.rows > 0;
    if (result.error === undefined || hasFile) this.#done.add(task);
    this.requests += result.traffic.requests;
    this.bytes += result.traffic.bytes;
    this.warnings.push(...result.warnings);
    for (const [reason, count] of result.refused) this.refused.set(reason, (this.refused.get(reason) ?? 0) + count);
  }

  /** Nothing that could have brought bars from before the instant failed, or was left. */
  hasAllBefore(instant: number): boolean {
    return this.plan.tasks.every((task) => task.start >= instant || this.#done.has(task));
  }

  /** Only in years that are there: a file that holds nothing but an explanation helps nobody. */
  async explain(ranges: readonly Range[], { provider, origin }: Host, now: number): Promise<void> {
    const { symbol, timeframe } = this.plan.ask;
    const series = this.store.series(symbol, timeframe);
    const years = (await series.years()).map(({ year }) => yearRange(year));
    const explained = ranges
      .flatMap((range) => years.flatMap((year) => intersect(range, year) ?? []))
      .map(({ start, end }) => ({
        from: formatInstant(start),
        to: formatInstant(end),
        reason: 'confirmed-empty',
        providers: [provider.id],
        checkedAt: formatInstant(now),
      }));
    if (explained.length === 0) return;
    const provenance = { provider: provider.id, via: 'live' as const, fetchedAt: formatInstant(now), derived: false };
    await series.put(emptyBars(), origin === undefined ? provenance : { ...provenance, origin }, { explained });
  }
}
