/** The opens that came, in whatever order, as few sorted runs as the batches were. */
export class Seen {
  readonly #runs: Float64Array[] = [];

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  /** The earliest open of all. */
  get first(): number | undefined {
    return this.isEmpty ? undefined : Math.min(...this.#runs.map((run) => run[0] as number));
  }

  get rows(): number {
    return this.#runs.reduce((sum, run) => sum + run.length, 0);
  }

  add(time: Float64Array): void {
    if (time.length > 0) this.#runs.push(time);
  }

  has(open: number): boolean {
    return this.#runs.some((run) => contains(run, open));
  }
}

function contains(run: Float64Array, wanted: number): boolean {
  let low = 0;
  let high = run.length - 1;
  if (wanted < (run[0] as number) || wanted > (run[high] as number)) return false;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = run[middle] as number;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
