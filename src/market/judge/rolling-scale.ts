/** So many moves are remembered; fewer than the least are no basis for a judgement. */
const WINDOW = 128;
const LEAST = 20;
/** Of a normal distribution, the standard deviation is so many times the median of its absolute values. */
const TO_SIGMA = 1.4826;

/**
 * How far a price usually moves from one bar to the next: the median of the last absolute log returns, which a few
 * wild ones among them do not change. The median is worked out only when it is asked for.
 */
export class RollingScale {
  readonly #moves = new Float64Array(WINDOW);
  #seen = 0;

  add(move: number): void {
    this.#moves[this.#seen++ % WINDOW] = Math.abs(move);
  }

  /** In log returns; undefined where too few bars have been seen. */
  get sigma(): number | undefined {
    if (this.#seen < LEAST) return undefined;
    const sorted = this.#moves.slice(0, Math.min(this.#seen, WINDOW)).sort();
    return TO_SIGMA * (sorted[sorted.length >>> 1] as number);
  }
}
