/** What the drawings of a validation need of it. */
export interface JudgedSeries {
  readonly symbol: string;
  readonly interval: string;
  readonly score: number;
  readonly scoreParts: Readonly<Record<string, number>>;
  readonly from: string;
  readonly to: string;
  readonly years: readonly JudgedYear[];
  readonly warnings: readonly { readonly kind: string; readonly from: string; readonly detail: string }[];
  readonly read?: { readonly blocks: number; readonly blocksRead: number; readonly rowsRead: number };
}

export interface JudgedYear {
  readonly year: number;
  readonly expected: number;
  readonly explained: number;
  readonly missing: number;
  readonly duplicates: number;
  readonly invalid: number;
  readonly gaps: readonly JudgedGap[];
  readonly months?: readonly (Tally & { readonly month: string })[];
}

export interface Tally {
  readonly expected: number;
  readonly explained: number;
  readonly missing: number;
}

export interface JudgedGap {
  readonly start: string;
  readonly end: string;
  readonly bars: number;
  readonly hours: number;
  readonly kind: 'missing' | 'explained' | 'damaged';
  readonly reason?: string;
}

export function missingOf({ years }: JudgedSeries): number {
  return years.reduce((sum, { missing }) => sum + missing, 0);
}

/** Nothing is missing and nothing is wrong. */
export function isWhole({ years, warnings }: JudgedSeries): boolean {
  const sound = ({ invalid, duplicates, gaps }: JudgedYear): boolean =>
    invalid + duplicates === 0 && gaps.every(({ kind }) => kind === 'explained');
  return years.every(sound) && warnings.every(({ kind }) => kind !== 'damaged-file');
}

/** Those with something missing or wrong before the others, and among them the lowest score first. */
export function worstFirst<T extends JudgedSeries>(series: readonly T[]): T[] {
  const rank = (each: T): number => Number(isWhole(each));
  return [...series].sort((a, b) => rank(a) - rank(b) || a.score - b.score || missingOf(b) - missingOf(a));
}
