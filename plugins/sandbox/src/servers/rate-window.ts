/** Calls in a sliding window of real time. */
export class RateWindow {
  readonly #max: number;
  readonly #perMs: number;
  #times: number[] = [];

  constructor({ max, perMs }: { readonly max: number; readonly perMs: number }) {
    this.#max = max;
    this.#perMs = perMs;
  }

  /** Whether this call is within the limit; one that is not does not count. */
  take(at = performance.now()): boolean {
    this.#times = this.#times.filter((time) => at - time < this.#perMs);
    if (this.#times.length >= this.#max) return false;
    this.#times.push(at);
    return true;
  }
}
