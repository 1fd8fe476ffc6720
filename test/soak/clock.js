import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SEEN_MS = 150;

/**
 * Two clocks: the market's only goes forward; the machine's may lie behind it, never ahead, for a machine that is ahead
 * takes a running bar for a closed one.
 */
export class Clock {
  #ahead = 0;
  #lag = 0;

  constructor(folder) {
    this.marketFile = path.join(folder, 'market-clock');
    this.machineFile = path.join(folder, 'machine-clock');
    this.#write();
  }

  now() {
    return Date.now() + this.#ahead;
  }

  machineNow() {
    return this.now() - this.#lag;
  }

  async step(ms) {
    this.#ahead += ms;
    this.#put(this.marketFile, this.#ahead);
    await pause(SEEN_MS);
    this.#write();
  }

  /** The machine is so far behind from now on: a step back, or, with less than before, forward. */
  lagBehind(ms) {
    this.#lag = ms;
    this.#write();
  }

  #write() {
    this.#put(this.marketFile, this.#ahead);
    this.#put(this.machineFile, this.#ahead - this.#lag);
  }

  #put(file, offset) {
    writeFileSync(`${file}.new`, String(offset));
    renameSync(`${file}.new`, file);
  }
}
