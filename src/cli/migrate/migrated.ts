import type { Timeframe } from '../../market/timeframe.js';

/** What views need to know of a migration. */
export interface MigratedFile {
  readonly source: {
    readonly claim: {
      readonly layout: string;
      readonly path: string;
      readonly confidence: number;
      readonly provider: string;
      readonly notes: readonly string[];
    };
  };
  readonly zone: string;
  readonly survey: {
    readonly rows: number;
    readonly admitted: number;
    readonly first: number;
    readonly last: number;
    readonly bytes: number;
    readonly sha256: string;
    readonly refused: ReadonlyMap<string, number>;
  };
  readonly state: 'planned' | 'proved' | 'already' | 'failed';
  readonly added: number;
  readonly reason?: string;
}

export interface MigratedSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly files: readonly MigratedFile[];
  readonly added: number;
  readonly conflicts: number;
  readonly clashes: readonly {
    readonly time: number;
    readonly column: string;
    readonly keptFrom: string | undefined;
    readonly kept: number;
    readonly lostFrom: string;
    readonly lost: number;
  }[];
  readonly warnings: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Migrated {
  readonly series: readonly MigratedSeries[];
  readonly refused: readonly {
    readonly path: string;
    readonly code: string;
    readonly reason: string;
    readonly loss: boolean;
  }[];
  readonly foreign: readonly string[];
  readonly failures: readonly {
    readonly path: string;
    readonly records: number;
    readonly added: number;
    readonly refused: number;
  }[];
}

export interface MovedFile {
  readonly path: string;
  readonly reason?: string | undefined;
}

const CUT = 'its last line has no end and its last number may have lost digits: that row is left out';

/** What a reader says of a file before it is taken, and what showed when it was read. */
export function notesOf({ source, survey }: MigratedFile): readonly string[] {
  return survey.refused.has('cut') ? [...source.claim.notes, CUT] : source.claim.notes;
}

/** The first and last open of some files. */
export function reachOf(files: readonly MigratedFile[]): { readonly first: number; readonly last: number } {
  return {
    first: Math.min(...files.map(({ survey }) => survey.first)),
    last: Math.max(...files.map(({ survey }) => survey.last)),
  };
}

export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
