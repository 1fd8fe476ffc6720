import { median } from './median.js';

export interface Scale {
  /** Pairs of prices that could be compared. */
  readonly count: number;
  /** The second source in units of the first, `1.02`; NaN without a pair. */
  readonly ratio: number;
  /** How far the usual pair lies from that ratio, as a share: `0.001` is a tenth of a per cent. */
  readonly spread: number;
}

/** By medians: a tenth of wild bars on either side moves neither number much. Prices at or below zero have no ratio. */
export function measureScale(a: Float64Array, b: Float64Array): Scale {
  const logs = new Float64Array(a.length);
  let count = 0;
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] as number, b[row] as number];
    if (x > 0 && y > 0) logs[count++] = Math.log(y / x);
  }
  const pairs = logs.subarray(0, count);
  const middle = median(pairs);
  const spread = Math.expm1(median(pairs.map((each) => Math.abs(each - middle))));
  return { count, ratio: Math.exp(middle), spread };
}
