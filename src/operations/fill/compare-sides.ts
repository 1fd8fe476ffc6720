import { type Agreement, comparePrices } from '../../market/alignment/compare-prices.js';
import type { Prices } from '../../market/alignment/prices.js';
import { type Bars, barsWithin, column, concatBars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Series } from '../../store/face.js';
import type { OwnRows } from './own-rows.js';

/** The stored bars on both sides of a hole that did not come from this very provider: it would agree with itself. */
export async function readSides(series: Series, hole: Range, window: Range, own: OwnRows): Promise<Bars> {
  const read = (start: number, end: number): Promise<Bars> =>
    series.read({ start, end, columns: ['close'], onDamage: () => undefined });
  const sides = [await read(window.start, hole.start), await read(hole.end, window.end)];
  const bars = concatBars(sides, ['close']);
  return pickRows(
    bars,
    [...bars.time.keys()].filter((row) => !own.has(bars.time[row] as number)),
  );
}

export function compareSides(timeframe: Timeframe, ours: Bars, theirs: Bars, hole: Range, window: Range): Agreement {
  const before = barsWithin(theirs, { start: window.start, end: hole.start });
  const after = barsWithin(theirs, { start: hole.end, end: window.end });
  return comparePrices(timeframe, pricesOf(ours), pricesOf(concatBars([before, after], ['close'])));
}

function pricesOf(bars: Bars): Prices {
  return { time: bars.time, close: column(bars, 'close') };
}

/** These rows alone. */
export function pickRows(bars: Bars, rows: readonly number[]): Bars {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
