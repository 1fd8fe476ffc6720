import type { StepReport } from './cleanup-report.js';

/** Counts and clocks, a step each, in the order in which they were first met. */
export class Tally {
  readonly #steps = new Map<string, { looked: number; findings: number; ms: number }>();

  constructor(names: readonly string[]) {
    for (const name of names) this.#steps.set(name, { looked: 0, findings: 0, ms: 0 });
  }

  /** Runs a judge as one look of its step. */
  async measure<T>(name: string, run: () => Promise<T>, looked = 1): Promise<T> {
    const step = this.#steps.get(name) ?? { looked: 0, findings: 0, ms: 0 };
    this.#steps.set(name, step);
    const started = performance.now();
    const found = await run();
    step.ms += performance.now() - started;
    step.looked += looked;
    if (Array.isArray(found)) step.findings += found.length;
    return found;
  }

  report(): StepReport[] {
    return [...this.#steps].map(([name, { looked, findings, ms }]) => {
      return { name, looked, findings, seconds: Math.round(ms) / 1000 };
    });
  }
}
