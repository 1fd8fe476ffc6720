import { blockSpan } from '../../market/block.js';
import type { PutOptions, Series } from '../../store/face.js';
import type { Delivery } from './delivery.js';
import { packDeliveries } from './pack-deliveries.js';

export interface Written {
  readonly added: number;
  readonly replaced: number;
  readonly conflicts: number;
  readonly repaired: readonly string[];
}

/** What waits in memory, in numbers of eight bytes each; whoever brings more waits until the disk has taken it. */
const MOST_CELLS = 1_000_000;
/** A commit rewrites a year's file: what it costs grows with the year, and it shall be a tenth of the time at most. */
const LEAST_MS = 500;
const SHARE = 10;

/** Gathers what tasks bring for one series and commits it, one commit at a time. */
export class SeriesWriter {
  #waiting: Delivery[] = [];
  #cells = 0;
  #since = performance.now();
  #patience = LEAST_MS;
  #chain: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  readonly #total = { added: 0, replaced: 0, conflicts: 0, repaired: [] as string[] };

  constructor(
    private readonly series: Series,
    private readonly options: Pick<PutOptions, 'assetClass' | 'calendar'>,
  ) {}

  get written(): Written {
    return this.#total;
  }

  /** Returns when there is room for more: what waits in memory is bounded. */
  async add(delivery: Delivery): Promise<void> {
    const { time, values } = delivery.bars;
    if (time.length === 0) return;
    this.#waiting.push(delivery);
    this.#cells += time.length * (values.length + 1);
    if (this.#cells >= MOST_CELLS || performance.now() - this.#since >= this.#patience) await this.flush();
  }

  /** Commits everything that waits; what comes while a commit is in hand goes into the next one, all of it together. */
  flush(): Promise<void> {
    this.#next ??= this.#chain.then(() => this.#commit());
    this.#chain = this.#next;
    return this.#chain;
  }

  async #commit(): Promise<void> {
    const batch = this.#waiting;
    this.#next = undefined;
    this.#waiting = [];
    this.#cells = 0;
    const begun = performance.now();
    await this.#put(batch);
    this.#since = performance.now();
    this.#patience = Math.max(LEAST_MS, SHARE * (this.#since - begun));
  }

  async #put(batch: readonly Delivery[]): Promise<void> {
    for (const { bars, provenance, rejected, winner } of packDeliveries(batch, blockSpan(this.series.timeframe))) {
      const report = await this.series.put(bars, provenance, { ...this.options, winner, rejected });
      this.#total.added += report.added;
      this.#total.replaced += report.replaced;
      this.#total.conflicts += report.conflicts;
      this.#total.repaired.push(...report.repaired);
    }
  }
}
