import type { Bars } from '../../../src/market/bars.js';
import { arrowBytes } from './arrow-bytes.js';
import type { OldFile } from './old-file.js';

export interface FreqtradeFeatherOptions {
  readonly exchange?: string;
  /** `BTC_USDT`, or `BTC_USDT_USDT` for futures. */
  readonly pair: string;
  readonly timeframe: string;
  readonly futures?: boolean;
}

/** `exchange/BASE_QUOTE-tf.feather`, packed with LZ4. */
export function freqtradeFeatherFiles(bars: Bars, options: FreqtradeFeatherOptions): OldFile[] {
  const { exchange = 'binance', pair, timeframe, futures = false } = options;
  const name = `${pair}-${timeframe}${futures ? '-futures' : ''}.feather`;
  const bytes = arrowBytes(bars, { time: 'date', unit: 'ms', packed: true });
  return [{ path: `${exchange}/${futures ? 'futures/' : ''}${name}`, bytes }];
}
