import type { Candidate } from '../reader.js';
import type { BarColumns } from './bar-columns.js';
import type { ColumnFile } from './column-file.js';
import { openColumns } from './open-columns.js';
import { inMillis } from './read-bars.js';

/** What a file shows before it is read: its columns and the times it begins with. */
export interface Look<Columns> {
  readonly map: Columns;
  /** As if without a zone meant UTC; all of them where they were asked for. */
  readonly time: Float64Array;
}

/**
 * Opens a candidate and looks at its times: of the first batch, which in a day's or a month's file is the whole of it.
 * Undefined where `find` makes nothing of the columns.
 */
export async function lookAt<Columns extends Pick<BarColumns, 'time'>>(
  { tree, path }: Candidate,
  find: (file: ColumnFile) => Columns | undefined,
  whole = false,
): Promise<Look<Columns> | undefined> {
  const file = await tree.open(path);
  try {
    const columns = await openColumns(file);
    const map = find(columns);
    if (map === undefined) return undefined;
    const parts: Float64Array[] = [];
    for await (const [time] of columns.batches([map.time])) {
      parts.push(inMillis(time as Float64Array, columns, map.time));
      if (!whole && (time as Float64Array).length > 0) break;
    }
    return { map, time: join(parts) };
  } finally {
    await file.close();
  }
}

function join(parts: readonly Float64Array[]): Float64Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
