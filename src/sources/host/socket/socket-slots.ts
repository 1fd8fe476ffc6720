import { untilAborted } from '../waiting.js';

/** So many at once; who comes later waits in line. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = Math.max(1, Math.floor(count));
  }

  async take(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    let turn = (): void => undefined;
    const given = new Promise<void>((resolve) => {
      turn = resolve;
      this.#waiting.push(turn);
    });
    try {
      await untilAborted(given, signal);
    } catch (reason) {
      const at = this.#waiting.indexOf(turn);
      if (at < 0) this.give();
      else this.#waiting.splice(at, 1);
      throw reason;
    }
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
