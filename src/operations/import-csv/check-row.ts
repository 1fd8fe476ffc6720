import { isOrdered, judgeCell, opensHere, type Reason } from '../../market/bar-rules.js';
import { parseDecimal } from '../../market/decimal.js';
import type { StampReader } from '../../market/stamps.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';
import type { ColumnMap } from './map-header.js';

export interface RowRules {
  readonly timeframe: Timeframe;
  readonly map: ColumnMap;
  readonly stamps: StampReader;
  readonly now: number;
  /** Bars of a market with sessions may count from its open (09:30), not from the clock. */
  readonly sessions: boolean;
}

const ABSENT = /^(|null|nan|none|n\/a|na|-)$/i;

/** A row's time and values, or the reason it cannot be a bar. */
export function checkRow(row: readonly string[], rules: RowRules): Reason | { time: number; values: number[] } {
  const { map, stamps, timeframe } = rules;
  const time = stamps.read(
    map.time
      .map((index) => (row[index] ?? '').trim())
      .join(' ')
      .trim(),
  );
  if (time === undefined) return 'no-time';
  const values: number[] = [];
  for (const { name, index } of map.values) {
    const text = (index < 0 ? '' : (row[index] ?? '')).trim();
    const value = ABSENT.test(text) ? Number.NaN : parseDecimal(text);
    if (value === undefined) return 'not-a-number';
    const wrong = judgeCell(name, value);
    if (wrong !== undefined) return wrong;
    values.push(value);
  }
  if (timeframe !== 'ticks' && !isOrdered(...(values.slice(0, 4) as [number, number, number, number])))
    return 'high-low';
  if (!opensHere(timeframe, time, rules.sessions)) return 'off-grid';
  if (closeOf(timeframe, time) > rules.now) return 'not-closed';
  return { time, values };
}
