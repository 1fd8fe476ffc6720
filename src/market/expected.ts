import type { Calendar, Session } from './calendar.js';
import type { Range } from './range.js';
import { closeOf, DAY, gridCount, openOf, stepOf, type Timeframe } from './timeframe.js';

/** Where bars of a session count from: the clock (10:00, 10:05 …) or the session's open (09:30, 10:30 …). */
export type Grid = 'clock' | 'session';

export interface Expectation {
  readonly calendar: Calendar;
  readonly timeframe: Timeframe;
  readonly grid: Grid;
}

/** How many bars should open in the range; undefined for ticks, of which nobody knows. */
export function expectedCount(expectation: Expectation, range: Range): number | undefined {
  if (expectation.timeframe === 'ticks') return undefined;
  if (expectation.calendar.sessions === undefined) return gridCount(expectation.timeframe, range.start, range.end);
  return expectedOpens(expectation, range).length;
}

/** The opens of the bars that should exist in the range, ascending. */
export function expectedOpens({ calendar, timeframe, grid }: Expectation, range: Range): Float64Array {
  if (timeframe === 'ticks' || !(range.start < range.end)) return new Float64Array(0);
  if (calendar.sessions === undefined) return gridOpens(timeframe, range);
  const step = stepOf(timeframe);
  // A week or a month is known by its sessions, also those before the range's first instant.
  const from = Math.min(openOf(timeframe, range.start), range.start - DAY);
  const sessions = calendar.sessions({ start: from, end: Math.max(range.end, closeOf(timeframe, range.end)) });
  if (step !== undefined && step < DAY)
    return within(
      range,
      sessions.flatMap((session) => barsOf(session, timeframe, step, grid)),
    );
  const dates = sessions.flatMap((session) => datesOf(session, calendar.rhythm));
  const opens = dates.map((date) => openOf(timeframe, date));
  return within(range, opens);
}

function gridOpens(timeframe: Timeframe, range: Range): Float64Array {
  const opens = new Float64Array(gridCount(timeframe, range.start, range.end) ?? 0);
  let at = openOf(timeframe, range.start);
  if (at < range.start) at = closeOf(timeframe, at);
  for (let i = 0; i < opens.length; i++, at = closeOf(timeframe, at)) opens[i] = at;
  return opens;
}

/** A bar that begins before the session opens or ends after it closes still holds what traded of it. */
function barsOf({ open, close }: Session, timeframe: Timeframe, step: number, grid: Grid): number[] {
  const bars: number[] = [];
  for (let at = grid === 'session' ? open : openOf(timeframe, open); at < close; at += step) bars.push(at);
  return bars;
}

/** A session of days on end has a bar for each weekday it touches by its own dates; see the FX calendar. */
function datesOf(session: Session, rhythm: Calendar['rhythm']): number[] {
  if (rhythm === 'daily') return [session.date];
  const dates: number[] = [];
  for (let at = openOf('1d', session.open); at < session.close; at += DAY) dates.push(at);
  return dates;
}

function within(range: Range, opens: readonly number[]): Float64Array {
  const kept = opens.filter((open) => open >= range.start && open < range.end);
  return Float64Array.from(new Set(kept)).sort();
}
