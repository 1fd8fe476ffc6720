/** Two different rows for one time: which stays, and which does not. */
export interface Clash {
  readonly time: number;
  readonly column: string;
  /** The file whose row stays; undefined is the cache itself. */
  readonly keptFrom: string | undefined;
  readonly kept: number;
  readonly lostFrom: string;
  readonly lost: number;
}

/** Absent equals absent, and the two zeros are one: a year-file spells both `0`. */
export function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
