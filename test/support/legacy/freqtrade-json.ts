import { gzipSync } from 'node:zlib';
import type { Bars } from '../../../src/market/bars.js';
import { listRows } from '../make-bars.js';
import type { OldFile } from './old-file.js';

export interface FreqtradeJsonOptions {
  readonly exchange?: string;
  /** `BTC_USDT`, or `BTC_USDT_USDT` for futures. */
  readonly pair: string;
  readonly timeframe: string;
  readonly futures?: boolean;
  readonly packed?: boolean;
}

/** `exchange/BASE_QUOTE-tf.json[.gz]`. */
export function freqtradeJsonFiles(bars: Bars, options: FreqtradeJsonOptions): OldFile[] {
  const { exchange = 'binance', pair, timeframe, futures = false, packed = false } = options;
  const name = `${pair}-${timeframe}${futures ? '-futures' : ''}.json${packed ? '.gz' : ''}`;
  const text = JSON.stringify(listRows(bars));
  const bytes = packed ? gzipSync(text) : Buffer.from(text);
  return [{ path: `${exchange}/${futures ? 'futures/' : ''}${name}`, bytes }];
}
