import { type Bars, lowerBound, OHLCV, selectColumns } from '../../market/bars.js';
import { isSame } from './clash.js';

/** A file's rows: ascending, each time once. The parts' order is their rank: the first wins. */
export interface Joined {
  readonly bars: Bars;
  /** For each row, which part it is of. */
  readonly origin: Uint32Array;
  /** Rows that lost against another one of their time, and differed. */
  readonly conflicts: number;
  readonly clashes: readonly PartClash[];
}

interface PartClash {
  readonly time: number;
  readonly column: string;
  readonly keptPart: number;
  readonly kept: number;
  readonly lostPart: number;
  readonly lost: number;
}

/** How many are told one by one; all are counted. */
const SHOWN = 3;

interface Cursor {
  readonly part: number;
  readonly time: Float64Array;
  at: number;
}

/**
 * One ascending series out of many files. Daily files follow one another and are copied in runs; only where files
 * overlap are rows held against each other.
 */
export function joinParts(parts: readonly Bars[]): Joined {
  const [alone] = parts;
  if (parts.length === 1 && alone !== undefined)
    return { bars: alone, origin: new Uint32Array(alone.time.length), conflicts: 0, clashes: [] };
  const columns = [...new Set(parts.flatMap((part) => part.columns))];
  const filled = parts.map((part) => selectColumns(part, columns));
  const has = parts.map((part) => columns.map((name) => part.columns.includes(name)));
  const most = parts.reduce((sum, part) => sum + part.time.length, 0);
  const origin = new Uint32Array(most);
  const row = new Uint32Array(most);
  const waiting: Cursor[] = parts
    .map(({ time }, part) => ({ part, time, at: 0 }))
    .filter(({ time }) => time.length > 0)
    .sort((a, b) => (a.time[0] as number) - (b.time[0] as number));
  const clashes: PartClash[] = [];
  let active: Cursor[] = [];
  let next = 0;
  let rows = 0;
  let conflicts = 0;

  const take = ({ part, at }: Cursor): void => {
    origin[rows] = part;
    row[rows++] = at;
  };
  const weigh = (kept: Cursor, lost: Cursor, time: number): void => {
    const cell = ({ part, at }: Cursor, c: number): number => (filled[part] as Bars).values[c]?.[at] as number;
    const differs = columns.findIndex(
      (_, c) => has[kept.part]?.[c] && has[lost.part]?.[c] && !isSame(cell(kept, c), cell(lost, c)),
    );
    if (differs < 0) return;
    conflicts++;
    if (clashes.length >= SHOWN) return;
    const column = columns[differs] as string;
    const [a, b] = [cell(kept, differs), cell(lost, differs)];
    clashes.push({ time, column, keptPart: kept.part, kept: a, lostPart: lost.part, lost: b });
  };

  while (active.length > 0 || next < waiting.length) {
    if (active.length === 0) active.push(waiting[next++] as Cursor);
    const begins = waiting[next]?.time[0] ?? Number.POSITIVE_INFINITY;
    const [only] = active as [Cursor];
    if (active.length === 1) {
      for (const until = lowerBound(only.time, begins); only.at < until; only.at++) take(only);
      if (only.at === only.time.length) active = [];
      else active.push(waiting[next++] as Cursor);
      continue;
    }
    const time = active.reduce((least, { time, at }) => Math.min(least, time[at] as number), Number.POSITIVE_INFINITY);
    if (begins <= time) {
      active.push(waiting[next++] as Cursor);
      continue;
    }
    const here = active.filter((cursor) => cursor.time[cursor.at] === time);
    const winner = here.reduce((best, cursor) => (cursor.part < best.part ? cursor : best));
    take(winner);
    for (const cursor of here) if (cursor !== winner) weigh(winner, cursor, time);
    for (const cursor of here) cursor.at++;
    active = active.filter((cursor) => cursor.at < cursor.time.length);
  }
  const pick = (of: (part: Bars) => Float64Array): Float64Array => {
    const sources = filled.map(of);
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) out[i] = (sources[origin[i] as number] as Float64Array)[row[i] as number] as number;
    return out;
  };
  const bars = {
    time: pick((part) => part.time),
    columns: parts.length === 0 ? OHLCV : columns,
    values: columns.map((_, c) => pick((part) => part.values[c] as Float64Array)),
  };
  return { bars, origin: origin.slice(0, rows), conflicts, clashes };
}
