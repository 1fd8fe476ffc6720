import type { Bars } from '../market/bars.js';

/** Rows for pages, because they are simple; columns for bulk, because a month of minutes must not cost an object a row. */
export type Batch = readonly Row[] | Bars;

/**
 * One bar or tick. `time` is its open in milliseconds, UTC. Numbers may stay the strings they came as: admission
 * parses them strictly, where `Number(null)` would make a price of zero. Absent is null, undefined or ''.
 * A tick has `price` in place of the four; any further column is kept under its name (`trades`, `adjusted_close`).
 */
export interface Row {
  readonly time: number;
  readonly [column: string]: Cell;
}

export type Cell = number | string | null | undefined;
