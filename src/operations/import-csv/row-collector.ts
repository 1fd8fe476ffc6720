import type { Bars } from '../../market/bars.js';
import type { Refusals } from './refusals.js';

/** Gathers rows in any order and gives them as columns in time order, each time stamp once: the first one stands. */
export class RowCollector {
  readonly #time: number[] = [];
  readonly #lines: number[] = [];
  readonly #values: number[][];

  constructor(readonly columns: readonly string[]) {
    this.#values = columns.map(() => []);
  }

  get rows(): number {
    return this.#time.length;
  }

  add(time: number, values: readonly number[], line: number): void {
    this.#time.push(time);
    this.#lines.push(line);
    for (const [c, value] of values.entries()) this.#values[c]?.push(value);
  }

  finish(refusals: Refusals): Bars {
    const order = this.#order();
    const kept = order.filter((row, i) => {
      const repeated = i > 0 && this.#time[row] === this.#time[order[i - 1] as number];
      if (repeated)
        refusals.add('duplicate', this.#lines[row] as number, new Date(this.#time[row] as number).toISOString());
      return !repeated;
    });
    const pick = (from: readonly number[]) => Float64Array.from(kept, (row) => from[row] as number);
    return { time: pick(this.#time), columns: this.columns, values: this.#values.map(pick) };
  }

  #order(): number[] {
    const order = Array.from(this.#time, (_, row) => row);
    // Ties keep the file's order, so that the first of two rows is the one that stands.
    return order.sort((a, b) => (this.#time[a] as number) - (this.#time[b] as number) || a - b);
  }
}
