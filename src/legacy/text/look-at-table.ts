import { parseDecimal } from '../../market/decimal.js';
import { createStampReader } from '../../market/stamps.js';
import { KLINE_HEADER, mapColumns } from './map-columns.js';
import type { LinePlan } from './parse-columns.js';

/** A table of bars as its beginning shows it. */
export interface Table {
  readonly plan: LinePlan;
  readonly header: boolean;
  /** Columns that are not taken and are not known to be idle. */
  readonly dropped: readonly string[];
  /** The first rows, as far as they can be read. */
  readonly rows: readonly SampleRow[];
}

export interface SampleRow {
  readonly stamp: string;
  /** As if a stamp without a zone were UTC. */
  readonly time: number;
  readonly close: number;
  readonly volume: number;
}

const SAMPLE = 500;

/** Undefined where this is no table of bars: its header names no prices, or it has none and is not Binance's. */
export function lookAtTable(head: string, whole: boolean): Table | undefined {
  const lines = head.split(/\r?\n/);
  // The beginning of a longer text ends somewhere in a line, and so does a text that was cut.
  if (!whole && lines.length > 1) lines.pop();
  const first = (lines[0] ?? '').split(',');
  const header = mapColumns(first);
  const names = header === undefined && isKline(first) ? KLINE_HEADER : first;
  const map = header ?? mapColumns(names);
  if (map === undefined) return undefined;
  const skip = header === undefined ? 0 : 1;
  const stamps = createStampReader({ format: 'auto', zone: 'UTC', sessionDates: false });
  const rows: SampleRow[] = [];
  for (const line of lines.slice(skip, skip + SAMPLE)) {
    const cells = line.split(',');
    if (cells.length !== first.length) continue;
    const stamp = (cells[map.time] as string).trim().replace(/^"|"$/g, '');
    const number = (column: string): number =>
      parseDecimal(cells[map.cells[map.columns.indexOf(column)] as number]?.trim() ?? '') ?? Number.NaN;
    rows.push({ stamp, time: stamps.read(stamp) ?? Number.NaN, close: number('close'), volume: number('volume') });
  }
  const plan = { skip, width: first.length, time: map.time, columns: map.columns, cells: map.cells };
  return { plan, header: header !== undefined, dropped: map.dropped, rows };
}

function isKline(cells: readonly string[]): boolean {
  return cells.length === KLINE_HEADER.length && cells.every((cell) => parseDecimal(cell.trim()) !== undefined);
}
