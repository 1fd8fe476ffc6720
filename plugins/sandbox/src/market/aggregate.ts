import { type Columns, createColumns } from './columns.js';
import type { TruthBars } from './market.js';

/** Bars of a coarser step, row by row from the finer: `openOf` says to which bar an instant belongs. */
export function aggregate(fine: Columns, openOf: (time: number) => number): Columns {
  const coarse = createColumns(fine.length);
  let row = -1;
  for (let at = 0; at < fine.length; at++) {
    const open = openOf(fine.time[at] as number);
    if (row < 0 || coarse.time[row] !== open) {
      row += 1;
      coarse.time[row] = open;
      coarse.open[row] = fine.open[at] as number;
      coarse.high[row] = fine.high[at] as number;
      coarse.low[row] = fine.low[at] as number;
    }
    if ((fine.high[at] as number) > (coarse.high[row] as number)) coarse.high[row] = fine.high[at] as number;
    if ((fine.low[at] as number) < (coarse.low[row] as number)) coarse.low[row] = fine.low[at] as number;
    coarse.close[row] = fine.close[at] as number;
    (coarse.volume[row] as number) += fine.volume[at] as number;
    (coarse.quoteVolume[row] as number) += fine.quoteVolume[at] as number;
    (coarse.trades[row] as number) += fine.trades[at] as number;
  }
  coarse.length = row + 1;
  return coarse;
}

/** For servers whose bars lie on a grid of their own (hours that count from the opening bell). */
export function regroup(bars: TruthBars, openOf: (time: number) => number): TruthBars {
  const coarse = aggregate({ ...bars, length: bars.time.length }, openOf);
  const cut = (column: Float64Array): Float64Array => column.slice(0, coarse.length);
  const rounded = (column: Float64Array): Float64Array => cut(column).map((sum) => Number(sum.toFixed(8)));
  return {
    time: cut(coarse.time),
    open: cut(coarse.open),
    high: cut(coarse.high),
    low: cut(coarse.low),
    close: cut(coarse.close),
    volume: rounded(coarse.volume),
    quoteVolume: rounded(coarse.quoteVolume),
    trades: cut(coarse.trades),
  };
}
