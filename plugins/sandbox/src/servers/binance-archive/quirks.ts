/** What is known to go wrong with published files, on request and file by file. */
export type Quirk =
  | { readonly kind: 'wrong-checksum' }
  | { readonly kind: 'missing-checksum' }
  /** Whole days are not in it, though their own daily files are there. */
  | { readonly kind: 'lacks-days'; readonly days: readonly string[] }
  /** It stops early: `at` is the first instant that is not in it. */
  | { readonly kind: 'partial'; readonly at: string }
  /** The same rows in other bytes, with another ETag and a later date. */
  | { readonly kind: 'republished' }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'unsorted' }
  | { readonly kind: 'absent' };

export interface PlannedQuirk {
  /** Of the name of the zip: `BTCUSDT-1m-2024-03.zip`. */
  readonly match: RegExp;
  readonly quirk: Quirk;
}

export interface Quirks {
  add(planned: PlannedQuirk): void;
  clear(): void;
  /** All that hold for a file. */
  of(name: string): readonly Quirk[];
}

export function createQuirks(initial: readonly PlannedQuirk[] = []): Quirks {
  const planned = [...initial];
  return {
    add(one) {
      planned.push(one);
    },
    clear() {
      planned.length = 0;
    },
    of: (name) => planned.filter(({ match }) => name.search(match) >= 0).map(({ quirk }) => quirk),
  };
}
