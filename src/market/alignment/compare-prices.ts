import type { Timeframe } from '../timeframe.js';
import { alignTimes, pickAt } from './align-times.js';
import { correlateReturns } from './correlate-returns.js';
import { findShift } from './find-shift.js';
import { measureScale } from './measure-scale.js';
import { median } from './median.js';
import type { Prices } from './prices.js';
import { shareGrid } from './share-grid.js';

/** How a second source stands to a first one, where both have bars. */
export interface Agreement {
  /** Bars both have. */
  readonly overlap: number;
  /** Its closes in units of the first one's. */
  readonly ratio: number;
  /** How far the usual close lies from that ratio, as a share. */
  readonly spread: number;
  /** The usual move of the first from bar to bar, as a share. */
  readonly move: number;
  readonly correlation: number | undefined;
  /** Bars by which it is late; negative: early. */
  readonly shift: number;
  readonly sameGrid: boolean;
}

export function comparePrices(timeframe: Timeframe, a: Prices, b: Prices): Agreement {
  const aligned = alignTimes(a.time, b.time);
  const [first, second] = [pickAt(a.close, aligned.a), pickAt(b.close, aligned.b)];
  const { count, ratio, spread } = measureScale(first, second);
  const moves = first.subarray(1).map((close, row) => Math.abs(Math.log(close / (first[row] as number))));
  return {
    overlap: count,
    ratio,
    spread,
    move: median(moves),
    correlation: correlateReturns(first, second),
    shift: findShift(a, b),
    sameGrid: shareGrid(timeframe, a.time, b.time),
  };
}
