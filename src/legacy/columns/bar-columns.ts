import { mapColumns } from '../text/map-columns.js';
import type { ColumnFile } from './column-file.js';

/** Which columns of a file become which of ours. */
export interface BarColumns {
  readonly time: string;
  /** The time says no zone. */
  readonly wall: boolean;
  readonly names: readonly string[];
  readonly columns: readonly string[];
  /** What is not taken and is not known to be idle. */
  readonly dropped: readonly string[];
}

/** What pandas calls an index that has no name; where it is a time, it is the bars'. */
const INDEX = '__index_level_0__';

/** Undefined where these are no bars. */
export function findBarColumns({ fields }: ColumnFile): BarColumns | undefined {
  const header = mapColumns(fields.map(({ name }) => (name === INDEX ? '' : name)));
  const time = header === undefined ? undefined : fields[header.time];
  if (header === undefined || time === undefined || time.kind === 'other' || time.kind === 'text') return undefined;
  const taken = header.cells
    .map((cell, at) => ({ field: fields[cell], column: header.columns[at] as string }))
    .filter(({ field }) => field !== undefined && field.kind !== 'other');
  const prices = ['open', 'high', 'low', 'close'];
  if (!prices.every((price) => taken.some(({ column }) => column === price))) return undefined;
  return {
    time: time.name,
    wall: time.kind === 'wall',
    names: taken.map(({ field }) => field?.name as string),
    columns: taken.map(({ column }) => column),
    dropped: header.dropped,
  };
}

/** For notes: what of a file stays behind. */
export function describeDropped({ dropped }: BarColumns): readonly string[] {
  return dropped.length === 0 ? [] : [`columns that are not taken: ${dropped.join(', ')}`];
}
