import type { Range } from '../../market/range.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';

/** The rows of a series that came from one provider, also those it gave a moment ago: with them it would agree. */
export class OwnRows {
  /** Ascending and disjoint. */
  readonly #ranges: Range[];

  constructor(
    private readonly timeframe: Timeframe,
    ranges: readonly Range[],
  ) {
    this.#ranges = [...ranges];
  }

  has(time: number): boolean {
    const range = this.#ranges[this.#firstEndingAfter(time)];
    return range !== undefined && range.start <= time;
  }

  /** Bars that were just put. */
  add(time: Float64Array): void {
    for (let row = 0; row < time.length; ) {
      const start = time[row] as number;
      let end = closeOf(this.timeframe, start);
      for (row++; time[row] === end; row++) end = closeOf(this.timeframe, end);
      this.#insert({ start, end });
    }
  }

  #insert({ start, end }: Range): void {
    const at = this.#firstEndingAfter(start - 1);
    let to = at;
    while (to < this.#ranges.length && (this.#ranges[to] as Range).start <= end) to++;
    const met = this.#ranges.slice(at, to);
    const joined = { start: Math.min(start, met[0]?.start ?? start), end: Math.max(end, met.at(-1)?.end ?? end) };
    this.#ranges.splice(at, to - at, joined);
  }

  #firstEndingAfter(instant: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle] as Range).end <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
