import { REASONS, type Reason } from '../../market/bar-rules.js';

export interface Refusal {
  readonly reason: Reason;
  readonly meaning: string;
  readonly count: number;
  /** The first few, with the line of the file. */
  readonly examples: readonly { readonly line: number; readonly text: string }[];
}

const EXAMPLES = 3;
const LONGEST = 60;

/** Counts what was not taken, by reason. */
export class Refusals {
  readonly #found = new Map<Reason, { count: number; examples: { line: number; text: string }[] }>();

  add(reason: Reason, line: number, text: string): void {
    let entry = this.#found.get(reason);
    if (entry === undefined) {
      entry = { count: 0, examples: [] };
      this.#found.set(reason, entry);
    }
    entry.count++;
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    if (entry.examples.length < EXAMPLES) entry.examples.push({ line, text: shown });
  }

  list(): Refusal[] {
    return [...this.#found].map(([reason, { count, examples }]) => ({
      reason,
      meaning: REASONS[reason],
      count,
      examples,
    }));
  }
}
