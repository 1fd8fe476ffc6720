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

/** Rows that wait for company: a commit rewrites a year's file, so a small one is not worth its own. */
const ENOUGH_ROWS = 40_000;
const ENOUGH_MS = 3000;

/** Gathers what tasks bring for one series and commits it, one commit at a time. */
export class SeriesWriter {
  #waiting: Delivery[] = [];
  #rows = 0;
  #since = performance.now();
  #chain: Promise<void> = Promise.resolve();
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
    if (delivery.bars.time.length === 0) return;
    this.#waiting.push(delivery);
    this.#rows += delivery.bars.time.length;
    if (this.#rows >= ENOUGH_ROWS || performance.now() - this.#since >= ENOUGH_MS) await this.flush();
  }

  /** Commits everything that waits. */
  flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#rows = 0;
    this.#since = performance.now();
    this.#chain = this.#chain.then(() => this.#put(batch));
    return this.#chain;
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
