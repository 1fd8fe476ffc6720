import type { Bars } from '../../../src/market/bars.js';
import { pickRows } from '../make-bars.js';
import { wallOf } from './pandas-text.js';

/** Bars by the year of their wall clock, as the old tools split them. */
export function splitYears(bars: Bars, zone = 'UTC'): readonly { readonly year: number; readonly bars: Bars }[] {
  const rows = new Map<number, number[]>();
  for (const [row, time] of bars.time.entries()) {
    const year = new Date(wallOf(time, zone)).getUTCFullYear();
    const picked = rows.get(year) ?? [];
    rows.set(year, picked);
    picked.push(row);
  }
  return [...rows].map(([year, picked]) => ({ year, bars: pickRows(bars, picked) }));
}
