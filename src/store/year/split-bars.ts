import { type Bars, lowerBound, sliceRows } from '../../market/bars.js';
import { type BlockSpan, blockPeriod, blockRange } from '../../market/block.js';
import { yearOf, yearRange } from '../../market/range.js';

/** The bars of each block that has any, in order, as views. */
export function splitBars(span: BlockSpan, bars: Bars): { readonly period: string; readonly rows: Bars }[] {
  const blocks: { period: string; rows: Bars }[] = [];
  for (let from = 0; from < bars.time.length; ) {
    const first = bars.time[from] as number;
    const to = lowerBound(bars.time, blockRange(span, first).end);
    blocks.push({ period: blockPeriod(span, first), rows: sliceRows(bars, from, to) });
    from = to;
  }
  return blocks;
}

export function splitYears(bars: Bars): { readonly year: number; readonly rows: Bars }[] {
  const years: { year: number; rows: Bars }[] = [];
  for (let from = 0; from < bars.time.length; ) {
    const year = yearOf(bars.time[from] as number);
    const to = lowerBound(bars.time, yearRange(year).end);
    years.push({ year, rows: sliceRows(bars, from, to) });
    from = to;
  }
  return years;
}
