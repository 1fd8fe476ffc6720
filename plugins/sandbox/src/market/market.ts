/**
 * The sandbox's one truth: what every simulated provider serves, and what tests compare with. It is written apart
 * from Almanac's own arithmetic on purpose: two programs that agree prove more than one that agrees with itself.
 */
export interface Market {
  readonly listings: readonly Listing[];
  /** By any name a provider uses for it; undefined when there is no such thing. */
  find(name: string): Listing | undefined;
  /**
   * The bars that exist, opening in [start, end): closed sessions, outages and quiet minutes are simply absent
   * (a quiet minute of crypto is a bar without volume, as the exchange sends it). `now` does not matter here:
   * servers leave out, or serve as forming, what has not closed by their clock.
   */
  bars(listing: Listing, step: Step, start: number, end: number): TruthBars;
  /** Prices of the synthetic indices, one every two seconds; times in ms. */
  ticks(listing: Listing, start: number, end: number): { readonly time: Float64Array; readonly price: Float64Array };
}

/** The same spelling as Almanac's timeframes, so that a test can hand one to both. */
export type Step =
  | '1s'
  | '1m'
  | '2m'
  | '3m'
  | '5m'
  | '10m'
  | '15m'
  | '30m'
  | '1h'
  | '2h'
  | '4h'
  | '6h'
  | '8h'
  | '12h'
  | '1d'
  | '3d'
  | '1w'
  | '1mo';

export interface Listing {
  /** As Almanac names it: `BTCUSDT`, `BTCUSDT@um`, `AAPL`, `EURUSD=X`, `R_100`. */
  readonly symbol: string;
  readonly kind: 'crypto' | 'stock' | 'fx' | 'synthetic';
  /** Their names, by server: `{ binance: 'BTCUSDT', coingecko: 'bitcoin', yahoo: 'BTC-USD' }`. */
  readonly names: Readonly<Record<string, string>>;
  readonly listedFrom: number;
  readonly listedUntil?: number;
  /** Decimals its prices have. */
  readonly decimals: number;
}

/** Columns; times are the opens in ms UTC. Daily and longer bars of a stock open at the session date, 00:00 UTC. */
export interface TruthBars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Trades and quote volume are functions of the others, for servers that send them. */
  readonly quoteVolume: Float64Array;
  readonly trades: Float64Array;
}
