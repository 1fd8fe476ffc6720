import type { Days } from '../market/expected.js';
import type { AssetClass } from '../market/symbol.js';
import type { Timeframe } from '../market/timeframe.js';

/** What a provider can do, as data. Everything the planner and the host decide, they decide from this. */
export interface Capabilities {
  readonly markets: readonly MarketCapability[];
  readonly limits: Limits;
  /** The roots of every URL it will ask, from its options: shown to users, and nothing else is reached. */
  readonly hosts: readonly string[];
}

/** What it offers of one asset class; several entries for one class when markets differ (spot and futures). */
export interface MarketCapability {
  readonly assetClass: AssetClass;
  /** The suffix of its symbols, `um` in `BTCUSDT@um`; absent on the main market. */
  readonly market?: string;
  readonly timeframes: readonly TimeframeCapability[];
  /** When this market trades: `24x7`, `fx`, `XNYS` … Absent: by asset class. */
  readonly calendar?: string;
  /** Of a market open for days on end (`fx`): whether Sunday's few hours are a daily bar (`utc`, the default) or none. */
  readonly days?: Days;
  /** `real`: traded in that bar. `none`: the provider has none and leaves it empty. */
  readonly volume: 'real' | 'none';
}

export interface TimeframeCapability {
  readonly timeframe: Timeframe;
  /** How far back it reaches: so many milliseconds before now, or since an instant. Absent: no known end. */
  readonly reach?: { readonly age: number } | { readonly since: number };
  /** The most bars one request brings; the planner counts requests with it. */
  readonly barsPerRequest: number;
  /** What such a request costs in each window, where it is not 1. */
  readonly cost?: Cost;
  /** Bars made from price samples rather than from trades. */
  readonly derived?: boolean;
  /** Where bars within a session count from: its open (09:30, 10:30 …) or the clock (the default). */
  readonly grid?: 'clock' | 'session';
  /** A bar younger than this after its close may still change, and is asked again next time. */
  readonly finality?: number;
  /** Bulk files exist by these periods. */
  readonly archive?: readonly ArchivePeriod[];
}

export type ArchivePeriod = 'month' | 'day';

/** Whole numbers by window name: `{ weight: 2 }`. A window that is not named costs 1. */
export type Cost = Readonly<Record<string, number>>;

/** Requests belong to a pool, `main` unless they say otherwise; a pool's windows all hold at once. */
export interface Limits {
  readonly pools: Readonly<Record<string, Pool>>;
}

export interface Pool {
  readonly concurrency: number;
  readonly windows: readonly Window[];
  /** A ban on one pool pauses every pool of the same gate. Absent: all pools share the provider's one gate. */
  readonly gate?: string;
}

export interface Window {
  /** Unique among the provider's windows of one pool: `weight`, `minute`, `day`. */
  readonly name: string;
  readonly max: number;
  readonly perMs: number;
  /** A daily quota that starts again at midnight there (`America/New_York`) rather than sliding. */
  readonly resetZone?: string;
}
