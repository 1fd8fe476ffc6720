import type { Claim, LegacyReader, RefusalCode } from '../../legacy/reader.js';

/** A file that some reader knows how to read. */
export interface Source {
  readonly claim: Claim;
  readonly reader: LegacyReader;
}

/** A file that is not taken, and why. */
export interface Refusal {
  readonly path: string;
  readonly layout?: string | undefined;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** Files that never were bars, what a killed writer left, and names for what lies elsewhere: nobody misses them. */
const NO_LOSS: ReadonlySet<RefusalCode> = new Set(['NOT_BARS', 'LEFTOVER', 'EMPTY', 'LINK']);

/** It holds bars, or says so, and they were not taken: a person should know. */
export function isLoss({ code }: Pick<Refusal, 'code'>): boolean {
  return !NO_LOSS.has(code);
}
