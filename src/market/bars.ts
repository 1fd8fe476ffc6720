/**
 * Bars as columns. A year of minutes is half a million rows: one Float64Array a column keeps it at 25 MB and
 * out of the garbage collector's way, where an object a row would cost ten times both.
 *
 * `time` is milliseconds since the epoch, UTC, at the bar's open; an absent value is NaN, never 0.
 */
export interface Bars {
  readonly time: Float64Array;
  /** Value columns in file order, without the time stamp: `open high low close volume …`, or `price size …` for ticks. */
  readonly columns: readonly string[];
  readonly values: readonly Float64Array[];
}

export const OHLCV = ['open', 'high', 'low', 'close', 'volume'] as const;
export const TICK = ['price'] as const;

export function emptyBars(columns: readonly string[] = OHLCV): Bars {
  return { time: new Float64Array(0), columns, values: columns.map(() => new Float64Array(0)) };
}

export function rowCount(bars: Bars): number {
  return bars.time.length;
}

/** One column by name; throws where there is none, because a silent NaN column hides a typing mistake. */
export function column(bars: Bars, name: string): Float64Array {
  if (name === 'timestamp') return bars.time;
  const index = bars.columns.indexOf(name);
  if (index < 0) throw new RangeError(`no column ${name}; there are timestamp, ${bars.columns.join(', ')}`);
  return bars.values[index] as Float64Array;
}

/** Rows [from, to) as views on the same memory. */
export function sliceRows(bars: Bars, from: number, to: number): Bars {
  if (from === 0 && to === bars.time.length) return bars;
  return {
    time: bars.time.subarray(from, to),
    columns: bars.columns,
    values: bars.values.map((value) => value.subarray(from, to)),
  };
}

/** The same rows with exactly these columns; one the bars lack is filled with NaN. */
export function selectColumns(bars: Bars, columns: readonly string[]): Bars {
  if (columns.length === bars.columns.length && columns.every((name, i) => name === bars.columns[i])) return bars;
  const values = columns.map((name) => {
    const index = bars.columns.indexOf(name);
    return index < 0 ? new Float64Array(bars.time.length).fill(Number.NaN) : (bars.values[index] as Float64Array);
  });
  return { time: bars.time, columns, values };
}

/** Rows of several series, one after another; the caller vouches for their order. */
export function concatBars(parts: readonly Bars[], columns: readonly string[] = parts[0]?.columns ?? OHLCV): Bars {
  if (parts.length === 1 && parts[0] !== undefined) return selectColumns(parts[0], columns);
  const rows = parts.reduce((sum, part) => sum + part.time.length, 0);
  const time = new Float64Array(rows);
  const values = columns.map(() => new Float64Array(rows));
  let at = 0;
  for (const part of parts) {
    const same = selectColumns(part, columns);
    time.set(same.time, at);
    for (const [i, value] of values.entries()) value.set(same.values[i] as Float64Array, at);
    at += part.time.length;
  }
  return { time, columns, values };
}

/** The first row whose time is not before `instant`. */
export function lowerBound(time: Float64Array, instant: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((time[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows inside [start, end), as views. */
export function barsWithin(bars: Bars, range: { readonly start: number; readonly end: number }): Bars {
  return sliceRows(bars, lowerBound(bars.time, range.start), lowerBound(bars.time, range.end));
}

/** The row of the first time stamp that does not come after its predecessor, or -1. */
export function firstUnordered(time: Float64Array): number {
  for (let i = 1; i < time.length; i++) if (!((time[i] as number) > (time[i - 1] as number))) return i;
  return -1;
}

/** A row at a time, for people's own programs; the hot paths never call this. */
export function* rowsOf(bars: Bars): Generator<Record<string, number>> {
  for (let i = 0; i < bars.time.length; i++) {
    const row: Record<string, number> = { timestamp: bars.time[i] as number };
    for (const [c, name] of bars.columns.entries()) row[name] = (bars.values[c] as Float64Array)[i] as number;
    yield row;
  }
}
