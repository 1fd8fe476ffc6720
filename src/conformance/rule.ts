import type { Lab } from './lab.js';

/** What is wrong: one sentence, and the rows or requests that show it. */
export interface Finding {
  readonly reason: string;
  readonly evidence?: readonly string[];
}

export interface Rule {
  /** Stable, for skipping and for reports: `half-open-end`. */
  readonly id: string;
  /** What a provider has to do, in one line. */
  readonly name: string;
  /** Finds what is wrong, or nothing; throws NotTried where it cannot be tried. */
  find(lab: Lab): Promise<Finding | undefined>;
}
