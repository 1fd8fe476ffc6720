import type { Counts } from '../coverage/coverage.js';
import type { Ask, Task } from './ask.js';

/** What became of one series. */
export interface SeriesOutcome {
  readonly ask: Ask;
  readonly tasks: readonly Task[];
  readonly rowsAdded: number;
  readonly rowsReplaced: number;
  readonly rowsTotal: number;
  readonly coverage: Counts;
  readonly requests: number;
  readonly bytes: number;
  readonly warnings: readonly string[];
  readonly refused: ReadonlyMap<string, number>;
  readonly error?:
    | {
        readonly code: string;
        readonly message: string;
        readonly suggestions: readonly string[];
        readonly until?: number;
      }
    | undefined;
}

export interface PopulateReport {
  readonly series: readonly SeriesOutcome[];
  readonly interrupted: boolean;
  /** The store itself gave up: a full disk, a lost lock. */
  readonly fatal: unknown;
}

/** What happens on the way, for whoever draws it. */
export type PopulateEvent =
  | { readonly kind: 'planned'; readonly perProvider: ReadonlyMap<string, number>; readonly bars: number }
  | {
      readonly kind: 'task';
      readonly task: Task;
      readonly rows: number;
      readonly requests: number;
      readonly bytes: number;
      readonly done: number;
      readonly total: number;
      readonly failed: boolean;
    }
  | { readonly kind: 'stopped'; readonly provider: string; readonly reason: string };
