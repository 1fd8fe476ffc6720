import type { Bars } from '../../market/bars.js';

/** By time; rows of one time stay in the order they came. */
export function sortRows(bars: Bars): Bars {
  const order = Uint32Array.from(bars.time.keys()).sort(
    (a, b) => (bars.time[a] as number) - (bars.time[b] as number) || a - b,
  );
  const pick = (from: Float64Array): Float64Array => Float64Array.from(order, (row) => from[row] as number);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
