/** Which series may be damaged, so that whoever says so is right and whoever says so of another is not. */
export class HurtSeries {
  #since = new Map();
  #last = new Map();

  /** It is being hurt: from now until it is told otherwise. */
  begin(name) {
    this.#since.set(name, Number.POSITIVE_INFINITY);
    this.#last.set(name, Number.POSITIVE_INFINITY);
  }

  add(name) {
    this.#since.set(name, performance.now());
    this.#last.set(name, performance.now());
  }

  has(name) {
    return this.#since.has(name);
  }

  /** Whether any of these is, or was since that instant; any at all where none is named. */
  asks(series, from = Number.POSITIVE_INFINITY) {
    const names = series?.map(({ name }) => name) ?? [...this.#last.keys()];
    return names.some((name) => this.#since.has(name) || (this.#last.get(name) ?? 0) > from);
  }

  /** A mending that began then is done: what was hurt since is not mended by it. */
  mend(begun) {
    for (const [name, at] of this.#since) if (at < begun) this.#since.delete(name);
  }
}
