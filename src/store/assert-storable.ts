import { AlmanacError } from '../market/almanac-error.js';
import { type Bars, firstUnordered } from '../market/bars.js';
import { yearRange } from '../market/range.js';
import type { Timeframe } from '../market/timeframe.js';
import { faultOfColumns } from './sidecar/column-names.js';

/** The store's own conditions; whether a bar is true to its market is admission's question. */
export function assertStorable(bars: Bars, symbol: string, timeframe: Timeframe): void {
  const what = `${symbol} ${timeframe}`;
  if (
    bars.columns.length === 0 ||
    bars.values.length !== bars.columns.length ||
    bars.values.some((value) => value.length !== bars.time.length)
  ) {
    throw new AlmanacError('BARS_INVALID', `${what}: every column must have as many values as there are time stamps`);
  }
  const fault = faultOfColumns(bars.columns);
  if (fault !== undefined) throw new AlmanacError('BARS_INVALID', `${what}: ${fault}`);
  const unordered = firstUnordered(bars.time);
  if (unordered >= 0)
    throw new AlmanacError('BARS_INVALID', `${what}: row ${unordered + 1} does not come after the row before it`);
  for (const time of bars.time.length === 0 ? [] : [bars.time[0] as number, bars.time.at(-1) as number]) {
    if (!(time >= yearRange(1800).start && time < yearRange(2200).start))
      throw new AlmanacError('BARS_INVALID', `${what}: ${time} is not a time in milliseconds between 1800 and 2199`);
  }
  if (!isWhole(bars.time)) throw new AlmanacError('BARS_INVALID', `${what}: time stamps must be whole milliseconds`);
  if (bars.values.some(hasInfinity)) throw new AlmanacError('BARS_INVALID', `${what}: a value is infinite`);
}

// Plain loops: over five million cells a year, a call for each is felt.

function isWhole(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i] as number)) return false;
  return true;
}

function hasInfinity(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return true;
  }
  return false;
}
