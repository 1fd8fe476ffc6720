const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** One controller for a command: the first Ctrl-C asks it to finish cleanly, the second ends it at once. */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #handlers: (readonly [keyof typeof SIGNALS, () => void])[];
  #heeded = false;
  /** The status to end with once a signal came. */
  exit: number | undefined;

  constructor(stop: (exit: number) => void = process.exit) {
    this.#handlers = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map((name) => {
      return [name, () => this.#receive(SIGNALS[name], stop)] as const;
    });
    for (const [name, handler] of this.#handlers) process.on(name, handler);
  }

  /** Whoever takes the signal promises to heed it; until somebody does, one Ctrl-C is enough. */
  get signal(): AbortSignal {
    this.#heeded = true;
    return this.#controller.signal;
  }

  #receive(exit: number, stop: (exit: number) => void): void {
    if (!this.#heeded || this.exit !== undefined) {
      stop(exit);
      return;
    }
    this.exit = exit;
    this.#controller.abort();
  }

  release(): void {
    for (const [name, handler] of this.#handlers) process.off(name, handler);
  }
}
