import type { Bars } from '../market/bars.js';
import type { Timeframe } from '../market/timeframe.js';
import type { SourceTree } from './source-tree.js';

/** What the first bytes of a file are, whatever its name says. */
export type Magic = 'gzip' | 'zip' | 'parquet' | 'arrow' | 'zstd' | 'sqlite' | 'json' | 'text' | 'binary' | 'empty';

/** A file of an old cache, as a reader first sees it. */
export interface Candidate {
  /** Relative to the tree, with `/`. */
  readonly path: string;
  /** Its folders and its name. */
  readonly segments: readonly string[];
  readonly magic: Magic;
  readonly bytes: number;
  readonly modified: number;
  /** The beginning as text: up to 64 KiB of it, unpacked where it is gzip; empty where it is no text. */
  readonly head: string;
  /** Why that is empty, where it is packed and can be told. */
  readonly fault?: string | undefined;
  /** Names beside it. */
  readonly beside: ReadonlySet<string>;
  readonly tree: SourceTree;
  /** A JSON document beside it or above it, relative to its folder (`metadata.json`); undefined where there is none that can be read. */
  document(name: string): Promise<unknown>;
}

/** What stamps without a zone mean. */
export type StampZone =
  /** The file says its zone, or counts from the epoch. */
  | { readonly kind: 'stated' }
  /** Nobody says; this is what its provider is known to have written (`UTC`, `America/New_York` …). */
  | { readonly kind: 'assumed'; readonly zone: string }
  /** The exchange's own wall time, which its calendar knows. */
  | { readonly kind: 'exchange' };

/** What a reader takes a file for. */
export interface Claim {
  /** The layout's id, as docs/MIGRATING.md lists them: `unified`, `provider-year`, `vision-zip` … */
  readonly layout: string;
  readonly path: string;
  /** 1: the bytes and the place both say so; lower where only one of them does. */
  readonly confidence: number;
  /** Ours. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Ours where it is one of ours (`binance`, `yahoo`, `alpha-vantage` …), else theirs; `unknown`. */
  readonly provider: string;
  readonly zone: StampZone;
  readonly derived: boolean;
  /** Old files that belong to it and go where it goes: its sidecar. */
  readonly companions: readonly string[];
  /** The sha256 of the file, where an old sidecar states one. */
  readonly sha256?: string | undefined;
  /** What a person should know of it before it is taken. */
  readonly notes: readonly string[];
  /** The same of the zone its stamps are read in, where no person names that. */
  readonly zoneNote?: string | undefined;
  /** Whatever the reader wants to remember until it reads. */
  readonly detail?: unknown;
}

/** Known for what it is, and not taken. */
export interface Refused {
  readonly layout?: string | undefined;
  readonly code: RefusalCode;
  readonly reason: string;
}

export type RefusalCode =
  | 'SYNTHETIC'
  | 'TIMES_IMPOSSIBLE'
  | 'UNREADABLE'
  | 'NOT_BARS'
  | 'NO_SYMBOL'
  | 'MISLABELLED'
  | 'UNSURE'
  | 'EMPTY'
  | 'LINK'
  | 'LEFTOVER';

/** What only a reader sees of a row that it leaves out: the line ends in the middle. */
export type LeftOut = 'cut';

export interface ReadOptions {
  /** What stamps without a zone are read in; the claim's own where absent. */
  readonly zone?: string | undefined;
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of each row that is in the file and in no batch. */
  readonly onLeftOut?: (reason: LeftOut) => void;
}

/** One old layout: knows a file when it sees one, and turns it into columns. */
export interface LegacyReader {
  /** A claim, a refusal, or undefined: not of this layout. Never throws for odd content. */
  recognise(candidate: Candidate): Promise<Claim | Refused | undefined>;
  /**
   * Its rows as they stand, in UTC, a batch at a time, in any order and with repeats: admission judges them later.
   * Throws `LegacyError` where the bytes cannot be read.
   */
  read(claim: Claim, tree: SourceTree, options: ReadOptions): AsyncIterable<Bars>;
}

/** A file that is recognised and still cannot be taken; the code says why to programs, the message to people. */
export class LegacyError extends Error {
  override readonly name = 'LegacyError';
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}
