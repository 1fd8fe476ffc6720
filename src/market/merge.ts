import { type Bars, selectColumns } from './bars.js';

export type Winner = 'existing' | 'incoming';

export interface Merged {
  readonly bars: Bars;
  /** For each row, 1 where it is the incoming series' and 0 where it was there already. */
  readonly fromIncoming: Uint8Array;
  /** For each row that was there already, which of the existing rows it is. */
  readonly existingRow: Uint32Array;
  readonly added: number;
  readonly replaced: number;
  readonly conflicts: number;
}

/**
 * One ascending series out of two. Rows only one side has are kept; identical rows are no change and stay the
 * existing side's, so that provenance does not move; rows that differ are counted and go to `winner`.
 */
export function mergeBars(existing: Bars, incoming: Bars, winner: Winner, columns: readonly string[]): Merged {
  const old = selectColumns(existing, columns);
  const fresh = selectColumns(incoming, columns);
  if (old.time.length === 0) return takeAll(fresh);
  const has = (bars: Bars, name: string | undefined): boolean => bars.columns.includes(name as string);
  const places = [...columns.keys()];
  const compared = places.filter((c) => has(existing, columns[c]) && has(incoming, columns[c]));
  // Columns nobody had before arrive with the rows that win; those that stay have nothing to compare them with.
  const novel = winner === 'existing' ? [] : places.filter((c) => !has(existing, columns[c]));
  const lacked = places.filter((c) => !has(incoming, columns[c]));
  const most = old.time.length + fresh.time.length;
  const source = new Uint8Array(most);
  const row = new Uint32Array(most);
  const completed: Completed[] = [];
  let rows = 0;
  let replaced = 0;
  let conflicts = 0;
  let i = 0;
  let j = 0;
  while (i < old.time.length || j < fresh.time.length) {
    const a = i < old.time.length ? (old.time[i] as number) : Number.POSITIVE_INFINITY;
    const b = j < fresh.time.length ? (fresh.time[j] as number) : Number.POSITIVE_INFINITY;
    if (a === b) {
      const contradicts = compared.some((c) => !isSame(cell(old, c, i), cell(fresh, c, j)));
      const completes = !contradicts && novel.some((c) => !Number.isNaN(cell(fresh, c, j)));
      if (completes && lacked.length > 0) completed.push({ row: rows, existing: i });
      const differs = contradicts || completes;
      if (differs) conflicts++;
      const wins = differs && winner === 'incoming';
      if (wins) replaced++;
      source[rows] = wins ? 1 : 0;
      row[rows++] = wins ? j : i;
      i++;
      j++;
    } else if (a < b) row[rows++] = i++;
    else {
      source[rows] = 1;
      row[rows++] = j++;
    }
  }
  const added = rows - old.time.length;
  const bars = gather(old, fresh, source, row, rows);
  for (const c of lacked)
    for (const each of completed) (bars.values[c] as Float64Array)[each.row] = cell(old, c, each.existing);
  return {
    bars,
    fromIncoming: source.subarray(0, rows),
    existingRow: row.subarray(0, rows),
    added,
    replaced,
    conflicts,
  };
}

/** A row that only gained columns: it keeps those that the incoming side knows nothing of. */
interface Completed {
  readonly row: number;
  readonly existing: number;
}

/** Nothing was there: the usual case of a first download, and no row needs to be looked at. */
function takeAll(bars: Bars): Merged {
  const rows = bars.time.length;
  const fromIncoming = new Uint8Array(rows).fill(1);
  return { bars, fromIncoming, existingRow: new Uint32Array(rows), added: rows, replaced: 0, conflicts: 0 };
}

/** Absent equals absent, and the two zeros are one: a year-file spells both `0`. */
function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function cell(bars: Bars, c: number, row: number): number {
  return (bars.values[c] as Float64Array)[row] as number;
}

function gather(old: Bars, fresh: Bars, source: Uint8Array, row: Uint32Array, rows: number): Bars {
  const pick = (a: Float64Array, b: Float64Array): Float64Array => {
    const out = new Float64Array(rows);
    for (let k = 0; k < rows; k++) out[k] = ((source[k] === 1 ? b : a) as Float64Array)[row[k] as number] as number;
    return out;
  };
  return {
    time: pick(old.time, fresh.time),
    columns: old.columns,
    values: old.values.map((value, c) => pick(value, fresh.values[c] as Float64Array)),
  };
}
