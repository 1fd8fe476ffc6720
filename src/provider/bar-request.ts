import type { AssetClass } from '../market/symbol.js';
import type { Timeframe } from '../market/timeframe.js';

export interface Instrument {
  readonly symbol: string;
  /** Their name for it: `BTC-USD`. */
  readonly native: string;
  readonly assetClass: AssetClass;
  readonly market?: string | undefined;
}

/** Half-open by the bar's open, in milliseconds UTC. */
export interface BarRequest {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly start: number;
  readonly end: number;
}
