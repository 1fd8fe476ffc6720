import { type Bars, OHLCV } from '../../src/market/bars.js';
import { closeOf, openOf, type Timeframe } from '../../src/market/timeframe.js';
import type { PutProvenance } from '../../src/store/face.js';

export const PROVENANCE: PutProvenance = {
  provider: 'test',
  via: 'import',
  fetchedAt: '2024-06-01T00:00:00Z',
  derived: false,
};

/** `rows` bars on the grid from the bar that holds `start`; their values follow from their times. */
export function makeBars(timeframe: Timeframe, start: number, rows: number, columns: readonly string[] = OHLCV): Bars {
  const times: number[] = [];
  for (let at = openOf(timeframe, start); times.length < rows; at = closeOf(timeframe, at)) times.push(at);
  return barsAt(times, columns);
}

export function barsAt(times: readonly number[], columns: readonly string[] = OHLCV, salt = 0): Bars {
  const time = Float64Array.from(times);
  return { time, columns, values: columns.map((_, c) => time.map((at) => valueAt(at, c, salt))) };
}

/** A true value anybody can recompute, so that a false row is known when it is seen. */
export function valueAt(time: number, column: number, salt = 0): number {
  return ((time / 1000) % 1_000_003) / 100 + column + salt * 0.25;
}

export function pickRows(bars: Bars, rows: readonly number[]): Bars {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}

/** Bars as plain lists, a row each, in the order of `columns`: what a test compares. */
export function listRows(bars: Bars): number[][] {
  return Array.from(bars.time, (time, row) => [time, ...bars.values.map((value) => value[row] as number)]);
}
