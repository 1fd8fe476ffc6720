import type { Bars } from '../../market/bars.js';

/** A copy of these rows, in this order. */
export function pickRows(bars: Bars, rows: Uint32Array): Bars {
  const pick = (from: Float64Array): Float64Array => {
    const to = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] as number] as number;
    return to;
  };
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
