import type { Bars, Schema } from 'almanac/provider';
import { CELLS, CLOSE_TIME, COLUMNS, OPEN_TIME } from './columns.js';
import { parseDecimal } from './decimal.js';
import { readInstant } from './instant.js';

/** A reply of the klines endpoint, as columns. */
export interface KlinePage {
  readonly bars: Bars;
  /** When each bar closes, by the reply: the last millisecond in it. */
  readonly closes: Float64Array;
}

/**
 * Checks and converts in one pass, straight into columns: a library's schema would first build each row anew.
 * An empty price becomes NaN, for admission to judge; anything that is neither empty nor a number condemns the page.
 * The twelfth cell is never looked at: it is 0 today, and was not always.
 */
export const klinePage: Schema<KlinePage> = {
  '~standard': {
    version: 1,
    vendor: 'almanac-binance',
    validate: (reply) => {
      if (!Array.isArray(reply)) return { issues: [{ message: 'the reply is not a list of bars' }] };
      const page: KlinePage = {
        bars: {
          time: new Float64Array(reply.length),
          columns: COLUMNS,
          values: COLUMNS.map(() => new Float64Array(reply.length)),
        },
        closes: new Float64Array(reply.length),
      };
      for (let row = 0; row < reply.length; row++) {
        const message = readRow(reply[row], page, row);
        if (message !== undefined) return { issues: [{ message, path: [row] }] };
      }
      return { value: page };
    },
  },
};

function readRow(cells: unknown, { bars, closes }: KlinePage, row: number): string | undefined {
  if (!Array.isArray(cells) || cells.length < 11) return 'a bar is not a list of eleven cells or more';
  const open = readTime(cells[OPEN_TIME]);
  const close = readTime(cells[CLOSE_TIME]);
  if (!(close >= open)) return 'the open and close times are not milliseconds or microseconds in order';
  bars.time[row] = open;
  closes[row] = close;
  for (const [column, cell] of CELLS.entries()) {
    const value = readValue(cells[cell]);
    if (value === undefined) return `cell ${cell + 1} is not a number`;
    (bars.values[column] as Float64Array)[row] = value;
  }
  return undefined;
}

function readTime(cell: unknown): number {
  return typeof cell === 'number' ? readInstant(cell) : Number.NaN;
}

function readValue(cell: unknown): number | undefined {
  if (typeof cell === 'string') return cell === '' ? Number.NaN : parseDecimal(cell);
  if (cell === null) return Number.NaN;
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined;
}
