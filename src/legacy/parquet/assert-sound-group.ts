import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { rangeOf } from './parquet-chunk.js';

/** Holds what a footer says of a column's chunk against its schema, its row group and the file. */
export function assertSoundGroup(column: ColumnMetaData, element: SchemaElement, rows: number, bytes: number): void {
  const [start, end] = rangeOf(column);
  if (column.type !== element.type) throw new Error(`its column ${element.name} is of two types`);
  if (!(start >= 4 && end >= start && end <= bytes))
    throw new Error(`its column ${element.name} lies outside the file`);
  if (Number(column.num_values) !== rows)
    throw new Error(`its column ${element.name} has more or fewer values than rows`);
}
