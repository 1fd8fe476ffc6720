/** What a year-file knows of itself; the names are the format of `year-file.md`. Instants are ISO 8601 UTC. */
export interface Sidecar {
  readonly schemaVersion: 1;
  readonly generation: number;
  readonly symbol: string;
  readonly timeframe: string;
  readonly year: number;
  readonly assetClass: string;
  readonly calendar: string;
  readonly timezone: string;
  /** With `timestamp` first. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  readonly file: { readonly bytes: number; readonly sha256: string; readonly headerBytes: number };
  readonly blocks: readonly BlockEntry[];
  readonly provenance: readonly Provenance[];
  readonly explained: readonly Explained[];
  readonly rejected: readonly Rejected[];
  readonly writtenBy: string;
  readonly updatedAt: string;
}

export interface BlockEntry {
  readonly period: string;
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly textSha256: string;
}

export const VIAS = ['archive-month', 'archive-day', 'live', 'fill', 'import', 'migrate'] as const;

/** Who the rows in [from, to) came from. Cut at block borders, so that replacing a block rewrites only its own. */
export interface Provenance {
  readonly from: string;
  readonly to: string;
  readonly provider: string;
  readonly via: (typeof VIAS)[number];
  readonly fetchedAt: string;
  readonly rows: number;
  readonly checksum?: string | undefined;
  readonly etag?: string | undefined;
  readonly derived: boolean;
  /** The host they came from, where that is not the provider's own: a simulation's bars are never taken for real. */
  readonly origin?: string | undefined;
}

export interface Explained {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly providers: readonly string[];
  readonly checkedAt: string;
}

export interface Rejected {
  readonly reason: string;
  readonly count: number;
}
