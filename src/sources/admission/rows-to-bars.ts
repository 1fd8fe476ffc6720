import { PRICES, type Reason } from '../../market/bar-rules.js';
import { type Bars, OHLCV, TICK } from '../../market/bars.js';
import { parseDecimal } from '../../market/decimal.js';
import type { Batch, Row } from '../../provider/index.js';

/** A batch as columns. Where a cell is neither a number, a plain decimal nor absent, `refuse` hears of its row. */
export function toBars(batch: Batch, ticks: boolean, refuse: (row: number, reason: Reason) => void): Bars {
  if (!isRows(batch)) return batch;
  const columns = columnsOf(batch, ticks);
  const time = Float64Array.from(batch, (row) => row.time);
  const values = columns.map((name) => {
    const values = new Float64Array(batch.length);
    for (const [i, row] of batch.entries()) {
      const value = readCell(row[name]);
      if (value === undefined) refuse(i, PRICES.has(name) && row[name] === null ? 'no-prices' : 'not-a-number');
      values[i] = value ?? Number.NaN;
    }
    return values;
  });
  return { time, columns, values };
}

function isRows(batch: Batch): batch is readonly Row[] {
  return Array.isArray(batch);
}

/** The contract's own columns first, in their order; what a provider adds after them, as it first came. */
function columnsOf(rows: readonly Row[], ticks: boolean): readonly string[] {
  const names = new Set<string>(ticks ? TICK : OHLCV);
  for (const row of rows) for (const name of Object.keys(row)) if (name !== 'time') names.add(name);
  return [...names];
}

/** `Number(null)` is 0, and so is `Number('')`: neither decides what a cell says. */
function readCell(cell: unknown): number | undefined {
  if (cell === null || cell === undefined || cell === '') return Number.NaN;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  return typeof cell === 'string' ? parseDecimal(cell) : undefined;
}
