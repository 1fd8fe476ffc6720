/**
 * What a column's values are: `instant` says its zone, `wall` is a time without one, `text` may spell numbers, `other`
 * cannot be used.
 */
export type FieldKind = 'instant' | 'wall' | 'integer' | 'number' | 'text' | 'other';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
}

/** A file of typed columns, Arrow or Parquet: only what is asked for is decoded, a batch at a time. */
export interface ColumnFile {
  readonly fields: readonly Field[];
  /** Each batch has the named columns in that order: times in ms, NaN where there is no value. */
  batches(names: readonly string[]): AsyncIterable<readonly Float64Array[]>;
}
