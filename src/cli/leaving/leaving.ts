/** What leaves a cache for quarantine, as the views of `remove` and `prune` see it. */
export interface Leaving {
  readonly symbol: string;
  readonly timeframe: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly rows: number | undefined;
  readonly bytes: number;
  /** Rows that stay, where only a part goes. */
  readonly keeps?: number | undefined;
  readonly warnings: readonly string[];
}

/** The same once it was tried. */
export interface Left {
  readonly leaving: Leaving;
  readonly ids: readonly string[];
  readonly cut?: string | undefined;
  readonly error?:
    | { readonly code: string; readonly message: string; readonly suggestions: readonly string[] }
    | undefined;
}
