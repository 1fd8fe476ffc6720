/**
 * How many tasks of a provider run at once: begins at what the machine bears, grows by one with each success up to
 * what the provider allows, and halves when it cannot keep up.
 */
export class Width {
  #now: number;

  constructor(
    private readonly most: number,
    start: number,
  ) {
    this.#now = Math.max(1, Math.min(most, start));
  }

  get now(): number {
    return this.#now;
  }

  widen(): void {
    this.#now = Math.min(this.most, this.#now + 1);
  }

  narrow(): void {
    this.#now = Math.max(1, Math.floor(this.#now / 2));
  }
}
