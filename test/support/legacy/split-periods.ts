import type { Bars } from '../../../src/market/bars.js';
import { pickRows } from '../make-bars.js';

/** Bars by the day or month (UTC) they open in, named `2024-01-31` or `2024-01`. */
export function splitPeriods(
  bars: Bars,
  span: 'day' | 'month',
): readonly { readonly name: string; readonly bars: Bars }[] {
  const rows = new Map<string, number[]>();
  for (const [row, time] of bars.time.entries()) {
    const name = new Date(time).toISOString().slice(0, span === 'day' ? 10 : 7);
    const picked = rows.get(name) ?? [];
    rows.set(name, picked);
    picked.push(row);
  }
  return [...rows].map(([name, picked]) => ({ name, bars: pickRows(bars, picked) }));
}
