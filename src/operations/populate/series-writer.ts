import { type Bars, concatBars } from '../../market/bars.js';
import type { PutOptions, PutProvenance, Series } from '../../store/face.js';

/** Rows on their way to the disk, with where they came from. */
export interface Delivery {
  readonly bars: Bars;
  readonly provenance: PutProvenance;
  readonly winner: 'existing' | 'incoming';
}

export interface Written {
  readonly added: number;
  readonly replaced: number;
  readonly conflicts: number;
  readonly repaired: readonly string[];
}

/** What waits in memory, in numbers of eight bytes each; whoever brings more waits until the disk has taken it. */
const MOST_CELLS = 1_000_000;
/** A commit rewrites a year's file: what it costs grows with the year, and it shall be a tenth of the time at most. */
const LEAST_MS = 3000;
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
    for (const { bars, provenance, winner } of joinDeliveries(batch)) {
      const report = await this.series.put(bars, provenance, { ...this.options, winner });
      this.#total.added += report.added;
      this.#total.replaced += report.replaced;
      this.#total.conflicts += report.conflicts;
      this.#total.repaired.push(...report.repaired);
    }
  }
}

/** Deliveries of one origin that follow one another become one. */
function joinDeliveries(batch: readonly Delivery[]): Delivery[] {
  const sorted = [...batch].sort((a, b) => (a.bars.time[0] as number) - (b.bars.time[0] as number));
  const joined: Delivery[][] = [];
  for (const delivery of sorted) {
    const group = joined.find((each) => isSameOrigin(each[0] as Delivery, delivery));
    const last = group?.at(-1)?.bars.time.at(-1);
    if (group !== undefined && (last as number) < (delivery.bars.time[0] as number)) group.push(delivery);
    else joined.push([delivery]);
  }
  return joined.map((group) => {
    const [first] = group as [Delivery];
    // The earliest fetch speaks for all: what was not final then may still change.
    const fetchedAt = group.map(({ provenance }) => provenance.fetchedAt).sort()[0] as string;
    const columns = [...new Set(group.flatMap(({ bars }) => bars.columns))];
    return {
      ...first,
      provenance: { ...first.provenance, fetchedAt },
      bars: concatBars(
        group.map(({ bars }) => bars),
        columns,
      ),
    };
  });
}

function isSameOrigin(a: Delivery, b: Delivery): boolean {
  const { fetchedAt: _a, ...one } = a.provenance;
  const { fetchedAt: _b, ...other } = b.provenance;
  return a.winner === b.winner && JSON.stringify(one) === JSON.stringify(other);
}
