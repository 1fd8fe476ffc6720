import type { Cell, Context, Row } from '../../provider/index.js';
import { findList, parsePointer, readAt, type Steps } from './pointer.js';
import { readTime } from './read-time.js';
import type { Declaration } from './schema.js';

export type ReadRows = (reply: unknown, context: Pick<Context, 'error'>) => readonly Row[];

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** How rows are found in a reply of this provider, worked out once. What is not as declared is MALFORMED, never empty. */
export function compileRows({ rows, time, empty }: Pick<Declaration, 'rows' | 'time' | 'empty'>): ReadRows {
  const at = parsePointer(rows.at);
  const stamp = stepsOf(rows.time);
  const cells = COLUMNS.flatMap((name) => {
    const place = rows[name];
    return place === undefined ? [] : [{ name, steps: stepsOf(place) }];
  });
  const readRow = (raw: unknown): Row | undefined => {
    const instant = readTime(readAt(raw, stamp), time);
    if (instant === undefined) return undefined;
    const row: Record<string, Cell> & { time: number } = { time: instant };
    for (const { name, steps } of cells) {
      const cell = readAt(raw, steps);
      if (typeof cell !== 'number' && typeof cell !== 'string' && cell !== null) return undefined;
      row[name] = cell;
    }
    return row;
  };
  return (reply, { error }) => {
    const list = findList(reply, at);
    if (list === 'none' && empty?.missing === true && isObject(reply)) return [];
    if (list === 'none') throw error('MALFORMED', `its reply has no rows at ${JSON.stringify(rows.at)}`);
    if (list === 'many') throw error('MALFORMED', `its reply has several lists at ${JSON.stringify(rows.at)}`);
    const read = list.map((raw, i) => {
      const row = readRow(raw);
      if (row === undefined) throw error('MALFORMED', `row ${i} of its reply lacks what the file says is there`);
      return row;
    });
    if (rows.order === 'descending') read.reverse();
    for (const [i, row] of read.entries())
      if (i > 0 && row.time < (read[i - 1] as Row).time)
        throw error('MALFORMED', `its rows are not ${rows.order ?? 'ascending'}, as the file says they are`);
    return read;
  };
}

function stepsOf(place: string | number): Steps {
  return typeof place === 'number' ? [String(place)] : parsePointer(place);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
