import type { Bar } from '../running-bar.js';

/** One index of the reply's arrays: without a bar, all are null there. */
export interface Row {
  /** When it is stamped, ms. */
  readonly stamp: number;
  readonly bar?: Bar;
  /** Its close with dividends taken out, where the interval has that. */
  readonly adjusted?: number;
}

export function flatBar(time: number, price: number): Bar {
  return { time, open: price, high: price, low: price, close: price, volume: 0 };
}
