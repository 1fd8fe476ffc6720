import type { Columns } from './columns.js';

/** Keeps what was made last, up to so many rows in all. */
export function createChunkCache(maxRows: number) {
  const chunks = new Map<string, Columns>();
  let rows = 0;
  return (key: string, make: () => Columns): Columns => {
    let chunk = chunks.get(key);
    if (chunk === undefined) {
      chunk = make();
      rows += chunk.length;
    } else chunks.delete(key);
    chunks.set(key, chunk);
    for (const [oldest, { length }] of chunks) {
      if (rows <= maxRows || oldest === key) break;
      chunks.delete(oldest);
      rows -= length;
    }
    return chunk;
  };
}
