import type { Cell } from 'almanac/provider';

/** A row as it came, newest first: numbers are still text, and the stamp is still a wall clock's or a date. */
export interface Entry {
  readonly stamp: string;
  readonly open: Cell;
  readonly high: Cell;
  readonly low: Cell;
  readonly close: Cell;
  readonly volume: Cell;
}
