import { yearOf } from '../../market/range.js';
import type { BadRow } from '../../sources/admission/admission.js';
import type { RejectedIn } from '../../store/face.js';

/** Rows that came and were no bars, until bars that came with them go to the store and take them along. */
export class RejectedRows {
  readonly #waiting = new Map<string, RejectedIn & { count: number }>();

  add({ time, reason }: BadRow): void {
    const year = yearOf(time);
    const known = this.#waiting.get(`${year} ${reason}`);
    if (known === undefined) this.#waiting.set(`${year} ${reason}`, { year, reason, count: 1 });
    else known.count++;
  }

  /** All of them, and they wait no longer. */
  take(): RejectedIn[] {
    const taken = [...this.#waiting.values()];
    this.#waiting.clear();
    return taken;
  }
}
