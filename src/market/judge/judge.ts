import type { Bars } from '../bars.js';

/** Looks at a series a block at a time, oldest first, and says at its end what was seen. Keeps no rows. */
export interface Judge<T> {
  readonly add: (bars: Bars) => void;
  readonly finish: () => T;
}

/** Something odd that is no fault by any rule, with the evidence in words. */
export interface Suspicion {
  readonly kind: 'frozen-tail' | 'outlier' | 'scale-break';
  /** The open of the first bar of it, and of the last. */
  readonly from: number;
  readonly to: number;
  readonly detail: string;
}

export interface Suspicions {
  readonly count: number;
  /** The first of them: of a series that is odd throughout, nobody reads all. */
  readonly first: readonly Suspicion[];
}

const KEPT = 100;

/** Collects suspicions without ever holding many. */
export class SuspicionList implements Suspicions {
  readonly #first: Suspicion[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get first(): readonly Suspicion[] {
    return this.#first;
  }

  push(suspicion: Suspicion): void {
    this.#count++;
    if (this.#first.length < KEPT) this.#first.push(suspicion);
  }
}
