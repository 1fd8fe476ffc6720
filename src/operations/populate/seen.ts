import { lowerBound } from '../../market/bars.js';
import type { Range } from '../../market/range.js';

/** The opens that came, in whatever order, as few sorted runs as the batches were. */
export class Seen {
  readonly #runs: Float64Array[] = [];
  /** Where the last one was that was asked for. */
  #run = 0;
  #row = -1;

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  get rows(): number {
    return this.#runs.reduce((sum, run) => sum + run.length, 0);
  }

  /** How many opens of the range came; undefined where batches overlap, and one may have come twice. */
  within({ start, end }: Range): number | undefined {
    let count = 0;
    let last = Number.NEGATIVE_INFINITY;
    for (const run of this.#runs) {
      if ((run[0] as number) <= last) return undefined;
      last = run.at(-1) as number;
      count += lowerBound(run, end) - lowerBound(run, start);
    }
    return count;
  }

  add(time: Float64Array): void {
    if (time.length > 0) this.#runs.push(time);
  }

  /** Asked for in ascending order, each is found where the last one was, or behind it. */
  has(open: number): boolean {
    const run = this.#runs[this.#run];
    if (run !== undefined && run[this.#row + 1] === open) {
      this.#row++;
      return true;
    }
    for (const [i, run] of this.#runs.entries()) {
      const row = find(run, open);
      if (row < 0) continue;
      this.#run = i;
      this.#row = row;
      return true;
    }
    return false;
  }
}

function find(run: Float64Array, wanted: number): number {
  let low = 0;
  let high = run.length - 1;
  if (wanted < (run[0] as number) || wanted > (run[high] as number)) return -1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = run[middle] as number;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
