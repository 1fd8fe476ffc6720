import type { Bars } from '../../market/bars.js';
import type { SourceTree } from '../source-tree.js';
import type { BarColumns } from './bar-columns.js';
import type { ColumnFile } from './column-file.js';
import { guessMillis } from './instants.js';
import { openColumns } from './open-columns.js';

/** A file's rows in our columns, a batch at a time; times without a zone are as if they were UTC. */
export async function* readBars(
  tree: SourceTree,
  path: string,
  find: (file: ColumnFile) => BarColumns,
  signal?: AbortSignal,
): AsyncGenerator<Bars> {
  const file = await tree.open(path);
  try {
    const columns = await openColumns(file);
    const map = find(columns);
    for await (const [time, ...values] of columns.batches([map.time, ...map.names])) {
      signal?.throwIfAborted();
      yield { time: inMillis(time as Float64Array, columns, map.time), columns: map.columns, values };
    }
  } finally {
    await file.close();
  }
}

/** Times that are plain numbers count from 1970 in a unit that only their size tells. */
export function inMillis(time: Float64Array, { fields }: ColumnFile, name: string): Float64Array {
  const kind = fields.find((field) => field.name === name)?.kind;
  return kind === 'integer' || kind === 'number' ? time.map(guessMillis) : time;
}
