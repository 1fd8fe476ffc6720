import type { Calendar, Session } from './calendar.js';
import type { Range } from './range.js';
import { closeOf, DAY, gridCount, openOf, stepOf, type Timeframe } from './timeframe.js';

/** Where bars of a session count from: the clock (10:00, 10:05 …) or the session's open (09:30, 10:30 …). */
export type Grid = 'clock' | 'session';

/** Which dates have a daily bar where trading goes on for days: every one with trading in it by UTC, or no Sundays. */
export type Days = 'utc' | 'weekdays';

export interface Expectation {
  readonly calendar: Calendar;
  readonly timeframe: Timeframe;
  readonly grid: Grid;
  /** Asked only of a weekly calendar; absent: `utc`. */
  readonly days?: Days;
}

/** How many bars should open in the range; undefined for ticks, of which nobody knows. */
export function expectedCount(expectation: Expectation, range: Range): number | undefined {
  const { calendar, timeframe } = expectation;
  if (timeframe === 'ticks') return undefined;
  if (calendar.sessions === undefined) return gridCount(timeframe, range.start, range.end);
  let total = 0;
  forEachRun(expectation, range, (_first, count) => {
    total += count;
  });
  return total;
}

/** The opens of the bars that should exist in the range, ascending. */
export function expectedOpens(expectation: Expectation, range: Range): Float64Array {
  const { calendar, timeframe } = expectation;
  if (timeframe === 'ticks' || !(range.start < range.end)) return new Float64Array(0);
  if (calendar.sessions === undefined) return gridOpens(timeframe, range);
  const opens = new Float64Array(expectedCount(expectation, range) as number);
  let at = 0;
  forEachRun(expectation, range, (first, count, step) => {
    for (let i = 0; i < count; i++) opens[at++] = first + i * step;
  });
  return opens;
}

/**
 * The instant before which every bar that should exist has closed by `now`, so that bars may be asked for up to there.
 * On the clock it is the last grid line; a bar that counts from a session's open may lie across that.
 */
export function closedUntil(expectation: Expectation, now: number): number {
  const { calendar, timeframe, grid } = expectation;
  if (timeframe === 'ticks') return now;
  const line = openOf(timeframe, now);
  const step = stepOf(timeframe);
  if (calendar.sessions === undefined || grid === 'clock' || step === undefined || step >= DAY) return line;
  const [running] = expectedOpens(expectation, { start: now - step + 1, end: line });
  return running ?? line;
}

function gridOpens(timeframe: Timeframe, range: Range): Float64Array {
  const opens = new Float64Array(gridCount(timeframe, range.start, range.end) ?? 0);
  let at = openOf(timeframe, range.start);
  if (at < range.start) at = closeOf(timeframe, at);
  for (let i = 0; i < opens.length; i++, at = closeOf(timeframe, at)) opens[i] = at;
  return opens;
}

/** So many bars, one after the other at the same distance. */
type VisitRun = (first: number, count: number, step: number) => void;

/** Bars are counted by arithmetic, a session at a time: ten years of minutes are a million, and nobody lists them. */
function forEachRun(expectation: Expectation, range: Range, visit: VisitRun): void {
  if (!(range.start < range.end)) return;
  const step = stepOf(expectation.timeframe);
  if (step !== undefined && step < DAY) forEachIntradayRun(expectation, step, range, visit);
  else forEachDate(expectation, range, visit);
}

/** A bar that begins before the session opens or ends after it closes still holds what traded of it. */
function forEachIntradayRun({ calendar, grid }: Expectation, step: number, range: Range, visit: VisitRun): void {
  let next = range.start;
  for (const session of calendar.sessions?.({ start: range.start, end: range.end + step }) ?? []) {
    const origin = grid === 'session' ? session.open : 0;
    for (const { start, end } of tradedOf(session)) {
      const from = Math.max(Math.floor((start - origin) / step), Math.ceil((next - origin) / step));
      const until = Math.ceil((Math.min(end, range.end) - origin) / step);
      if (from >= until) continue;
      visit(origin + from * step, until - from, step);
      next = origin + until * step;
    }
  }
}

function tradedOf({ open, close, breaks = [] }: Session): readonly Range[] {
  const parts: Range[] = [];
  let start = open;
  for (const pause of breaks) {
    parts.push({ start, end: pause.start });
    start = pause.end;
  }
  return [...parts, { start, end: close }];
}

/** Days, weeks and months are known by the dates of their sessions, also of those outside the range. */
function forEachDate({ calendar, timeframe, days }: Expectation, range: Range, visit: VisitRun): void {
  const last = closeOf(timeframe, openOf(timeframe, range.end - 1));
  let previous = Number.NEGATIVE_INFINITY;
  // Where clocks are far from UTC, a session lies up to a day beside its date.
  for (const session of calendar.sessions?.({ start: range.start - DAY, end: last + DAY }) ?? []) {
    for (const date of datesOf(session, calendar.rhythm, days)) {
      const open = openOf(timeframe, date);
      if (open === previous || open < range.start || open >= range.end) continue;
      previous = open;
      visit(open, 1, DAY);
    }
  }
}

/** A session of a day has its date; one of days on end has every date that it touches. */
function datesOf(session: Session, rhythm: Calendar['rhythm'], days: Days = 'utc'): readonly number[] {
  if (rhythm === 'daily') return [session.date];
  const dates: number[] = [];
  for (let date = openOf('1d', session.open); date < session.close; date += DAY) {
    // 1970-01-04 was a Sunday, and nobody trades currencies on Saturdays.
    if (days === 'utc' || (date / DAY + 4) % 7 !== 0) dates.push(date);
  }
  return dates;
}
