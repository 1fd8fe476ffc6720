import type { Bars } from 'almanac/provider';
import { COLUMNS } from './columns.js';

/** Columns being filled: room for `capacity` rows, `rows` of them taken. */
export interface Sheet {
  readonly time: Float64Array;
  readonly values: readonly Float64Array[];
  readonly capacity: number;
  rows: number;
}

export function makeSheet(capacity: number): Sheet {
  return {
    time: new Float64Array(capacity),
    values: COLUMNS.map(() => new Float64Array(capacity)),
    capacity,
    rows: 0,
  };
}

/** What has been filled, as views. */
export function barsOf({ time, values, rows }: Sheet): Bars {
  return { time: time.subarray(0, rows), columns: COLUMNS, values: values.map((value) => value.subarray(0, rows)) };
}
