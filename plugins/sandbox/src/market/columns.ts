import type { TruthBars } from './market.js';

/** Bars in whole units (price steps, volume steps), in which sums are exact; decimals are made at the very end. */
export interface Columns {
  length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly quoteVolume: Float64Array;
  readonly trades: Float64Array;
}

export interface Scales {
  readonly price: number;
  readonly volume: number;
  readonly quote: number;
}

export function createColumns(capacity: number): Columns {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    length: 0,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    quoteVolume: column(),
    trades: column(),
  };
}

/** Copies the rows that open in [start, end) behind those already there. */
export function append(target: Columns, source: Columns, start: number, end: number): void {
  const from = lowerBound(source.time, source.length, start);
  const to = lowerBound(source.time, source.length, end);
  for (const name of NAMES) target[name].set(source[name].subarray(from, to), target.length);
  target.length += to - from;
}

export function trim(columns: Columns): Columns {
  const trimmed = createColumns(columns.length);
  append(trimmed, columns, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return trimmed;
}

export function toTruth(columns: Columns, scales: Scales): TruthBars {
  const scaled = (column: Float64Array, scale: number): Float64Array =>
    column.subarray(0, columns.length).map((units) => units / scale);
  return {
    time: columns.time.slice(0, columns.length),
    open: scaled(columns.open, scales.price),
    high: scaled(columns.high, scales.price),
    low: scaled(columns.low, scales.price),
    close: scaled(columns.close, scales.price),
    volume: scaled(columns.volume, scales.volume),
    quoteVolume: scaled(columns.quoteVolume, scales.quote),
    trades: columns.trades.slice(0, columns.length),
  };
}

/** Where the first value not below `bound` stands. */
function lowerBound(sorted: Float64Array, length: number, bound: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NAMES = ['time', 'open', 'high', 'low', 'close', 'volume', 'quoteVolume', 'trades'] as const;
