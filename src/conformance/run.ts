import { rowsOf } from '../market/bars.js';
import type { BarRequest, Batch, Cell } from '../provider/index.js';
import type { SeenRequest } from './watched-transport.js';

export interface SeenRow {
  readonly time: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** One asking for bars and everything that came of it. */
export interface Run {
  readonly request: BarRequest;
  readonly batches: readonly (readonly SeenRow[])[];
  /** All batches' rows in the order they came. */
  readonly rows: readonly SeenRow[];
  readonly thrown: unknown;
  /** `threw`: what is in `thrown`. `endless`: neither an end nor an error in the time given. */
  readonly outcome: 'ended' | 'threw' | 'endless';
  readonly requests: readonly SeenRequest[];
}

export function readBatch(batch: Batch): SeenRow[] {
  if ('columns' in batch) {
    return [...rowsOf(batch)].map(({ timestamp, ...cells }) => ({ time: timestamp as number, cells }));
  }
  return batch.map(({ time, ...cells }) => ({ time, cells }));
}
