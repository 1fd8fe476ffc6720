import { parseDecimal } from '../../market/decimal.js';
import { closeOf, isOnGrid, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { ColumnMap } from './map-header.js';
import type { StampReader } from './parse-stamp.js';
import type { Reason } from './refusals.js';

export interface RowRules {
  readonly timeframe: Timeframe;
  readonly map: ColumnMap;
  readonly stamps: StampReader;
  readonly now: number;
  /** Bars of a market with sessions may count from its open (09:30), not from the clock. */
  readonly sessions: boolean;
}

const QUARTER = 15 * 60_000;
const ABSENT = /^(|null|nan|none|n\/a|na|-)$/i;
const PRICES = new Set(['open', 'high', 'low', 'close', 'price']);

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
    if (PRICES.has(name) && Number.isNaN(value)) return 'no-prices';
    if (PRICES.has(name) && value <= 0) return 'not-positive';
    if (!PRICES.has(name) && value < 0) return 'negative-volume';
    values.push(value);
  }
  if (timeframe !== 'ticks' && !isSane(values)) return 'high-low';
  if (!opensHere(rules, time)) return 'off-grid';
  if (closeOf(timeframe, time) > rules.now) return 'not-closed';
  return { time, values };
}

/** `values` are open, high, low, close, … */
function isSane(values: readonly number[]): boolean {
  const [open, high, low, close] = values as [number, number, number, number];
  return low <= high && low <= open && open <= high && low <= close && close <= high;
}

function opensHere({ timeframe, sessions }: RowRules, time: number): boolean {
  if (isOnGrid(timeframe, time)) return true;
  const step = stepOf(timeframe);
  if (!sessions || step === undefined || step >= 24 * 60 * 60_000) return false;
  return time % Math.min(step, QUARTER) === 0;
}
