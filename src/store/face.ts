import type { Bars } from '../market/bars.js';
import type { Range } from '../market/range.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Unreadable } from './files/unreadable.js';
import type { Explained, Provenance, Rejected, Sidecar } from './sidecar/sidecar.js';

/** What `openStore` gives: the store as other programs see it. Instants are milliseconds UTC, ranges half-open. */
export interface Store {
  readonly folder: string;
  /** Symbols that have a folder with at least one timeframe, sorted. */
  symbols(): Promise<string[]>;
  timeframes(symbol: string): Promise<Timeframe[]>;
  years(symbol: string, timeframe: Timeframe): Promise<number[]>;
  series(symbol: string, timeframe: Timeframe): Series;
  /** Every series with its totals, from sidecars alone: no data file is opened. */
  list(): Promise<SeriesInfo[]>;
  stats(): Promise<StoreStats>;
}

export interface Series {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  info(): Promise<SeriesInfo>;
  years(): Promise<YearInfo[]>;
  coverage(range?: Range): Promise<Coverage>;
  /** Rows of the range in columns; all columns and all time where nothing is said. */
  read(options?: ReadOptions): Promise<Bars>;
  /** The same, a block at a time: memory stays flat whatever the range. */
  batches(options?: ReadOptions): AsyncIterable<Bars>;
  rows(options?: ReadOptions): AsyncIterable<Record<string, number>>;
  put(bars: Bars, provenance: PutProvenance | BlockProvenance, options?: PutOptions): Promise<PutReport>;
  /** Reads and proves every block; says which are damaged and why. */
  verify(): Promise<VerifyReport>;
}

export interface ReadOptions {
  readonly start?: number;
  readonly end?: number;
  /** Each once: a repeated name is refused. */
  readonly columns?: readonly string[];
  /** Give the sound blocks of a damaged file instead of refusing; the damage is told to `onDamage`. */
  readonly onDamage?: (damage: Damage) => void;
}

export type PutProvenance = Omit<Provenance, 'from' | 'to' | 'rows'>;

/** By block, `2024-01` or `2024-01-31`: where bars of several files come in one commit. */
export type BlockProvenance = (period: string) => PutProvenance;

/** Without a year it counts for the first one the bars are of. */
export interface RejectedIn extends Rejected {
  readonly year?: number;
}

export interface PutOptions {
  /** Who wins where both have a row and they differ. Default: existing. */
  readonly winner?: 'existing' | 'incoming';
  /** Rows stored in this range that the new bars lack are dropped. Needs `allowShrink` when that loses rows. */
  readonly replace?: Range;
  readonly allowShrink?: boolean;
  readonly explained?: readonly Explained[];
  /** Written down with the rows it came with, and only where those changed the year. */
  readonly rejected?: readonly RejectedIn[];
  readonly assetClass?: string;
  readonly calendar?: string;
}

export interface PutReport {
  readonly added: number;
  readonly replaced: number;
  /** Rows that differ from what was there, whoever won. */
  readonly conflicts: number;
  readonly removed: number;
  /** Years whose files changed; empty when everything was there already. */
  readonly years: readonly number[];
  /** What had to be mended before the merge, in words. */
  readonly repaired: readonly string[];
}

export interface SeriesInfo {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly assetClass: string;
  readonly years: readonly number[];
  readonly rows: number;
  /** Open of the first and last bar; undefined for an empty series. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly bytes: number;
  readonly providers: readonly string[];
  /** Years whose sidecar is absent or does not fit its file. */
  readonly unproved: readonly number[];
  /** Years of a newer format: left alone, and not counted. */
  readonly newer: readonly number[];
  /** Files of it, or its folder, that cannot be read: what is in them is not counted. */
  readonly unreadable: readonly Unreadable[];
}

export interface YearInfo {
  readonly year: number;
  readonly state: 'sound' | 'no-sidecar' | 'damaged' | 'newer' | 'unreadable';
  readonly sidecar: Sidecar | undefined;
  readonly bytes: number;
  /** Which file it is, and why, in state `unreadable`. */
  readonly unreadable?: Unreadable;
}

export interface Coverage {
  readonly rows: number;
  readonly blocks: readonly {
    readonly period: string;
    readonly rows: number;
    readonly first: number;
    readonly last: number;
  }[];
  readonly explained: readonly Explained[];
}

export interface StoreStats {
  readonly series: number;
  readonly symbols: number;
  readonly rows: number;
  readonly bytes: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly byTimeframe: readonly {
    readonly timeframe: Timeframe;
    readonly series: number;
    readonly rows: number;
    readonly bytes: number;
  }[];
  readonly byProvider: readonly { readonly provider: string; readonly rows: number }[];
  readonly unreadable: readonly Unreadable[];
}

export interface Damage {
  readonly year: number;
  /** The block, or undefined when the whole file cannot be read. */
  readonly period: string | undefined;
  readonly reason: string;
  /** Set where nothing is known to be wrong with the bytes: they cannot be read. */
  readonly unreadable?: Unreadable;
}

export interface VerifyReport {
  readonly blocks: number;
  readonly rows: number;
  readonly damaged: readonly Damage[];
}
