import type { MakeError, Row, Schema, Socket } from 'almanac/provider';
import { MOST_ROWS } from './capabilities.js';
import type { Page } from './history.js';
import type { Window } from './windows.js';

export interface Question {
  readonly native: string;
  readonly style: 'candles' | 'ticks';
  /** Seconds a candle lasts; ticks have none. */
  readonly granularity?: number;
  readonly schema: Schema<Page>;
}

/** An answer of a round number of rows may have been cut by a limit nobody told of. */
const ROUND = 500;

/**
 * All rows of one window, ascending. An answer holds the latest rows of what was asked, so a window that does not fit
 * in one is read backwards: the next question ends before the first row of the last answer. What comes back is
 * checked, not believed: rows elsewhere are dropped, and an answer wholly elsewhere is none.
 */
export async function readWindow(
  question: Question,
  window: Window,
  socket: Socket,
  error: MakeError,
): Promise<readonly Row[]> {
  const { native, style, granularity, schema } = question;
  const start = Math.ceil(window.start / 1000);
  let end = Math.ceil(window.end / 1000) - 1;
  const pages: (readonly Row[])[] = [];
  while (end >= start) {
    const message = {
      ticks_history: native,
      style,
      start,
      end: String(end),
      count: MOST_ROWS,
      ...(granularity === undefined ? {} : { granularity }),
    };
    const { rows } = await socket.ask(message, schema);
    const inside = rows.filter(({ time }) => time >= start * 1000 && time <= end * 1000);
    const first = inside.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY) / 1000;
    if (
      inside.length === 0 &&
      rows.length > 0 &&
      !rows.some(({ time }) => isNear(time / 1000, start, end, granularity))
    ) {
      throw error('MALFORMED', `asked for ${native} in seconds ${start} to ${end}, it answered with another time`);
    }
    pages.push(inside);
    if (inside.length === 0 || first <= start || !mayBeCut(rows.length)) break;
    end = first - 1;
  }
  return sortRows(pages.reverse().flat());
}

function mayBeCut(rows: number): boolean {
  return rows >= MOST_ROWS || rows % ROUND === 0;
}

/** The candle that holds the first second asked for is no other time, only one too early. */
function isNear(second: number, start: number, end: number, slack = 1): boolean {
  return second > start - slack && second < end + slack;
}

/** Ascending; of ticks that share a second, the last stands for it. */
function sortRows(rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort((a, b) => a.time - b.time);
  return sorted.filter(({ time }, i) => sorted[i + 1]?.time !== time);
}
