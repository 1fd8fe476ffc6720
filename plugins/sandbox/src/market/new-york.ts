import { getTimezoneOffset } from 'date-fns-tz/getTimezoneOffset';
import { findHalfDays, findHolidays, weekday } from './holidays.js';
import { DAY, HOUR, MINUTE } from './steps.js';

export interface Session {
  /** The session's date, at 00:00 UTC. */
  readonly date: number;
  readonly open: number;
  readonly close: number;
}

const years = new Map<number, readonly Session[]>();

/** The sessions of the New York Stock Exchange in a calendar year. */
function findSessions(year: number): readonly Session[] {
  const known = years.get(year);
  if (known) return known;
  const holidays = findHolidays(year);
  const halves = findHalfDays(year);
  const sessions: Session[] = [];
  for (let date = Date.UTC(year, 0, 1); date < Date.UTC(year + 1, 0, 1); date += DAY) {
    if (weekday(date) % 6 === 0 || holidays.has(date)) continue;
    const close = halves.has(date) ? 13 * HOUR : 16 * HOUR;
    sessions.push({ date, open: fromNewYork(date + 9 * HOUR + 30 * MINUTE), close: fromNewYork(date + close) });
  }
  years.set(year, sessions);
  return sessions;
}

export function findSessionsBetween(start: number, end: number): readonly Session[] {
  const found: Session[] = [];
  for (let year = new Date(start).getUTCFullYear(); year <= new Date(end).getUTCFullYear(); year++) {
    for (const session of findSessions(year)) if (session.close > start && session.open < end) found.push(session);
  }
  return found;
}

/** From New York's wall clock, written as if it were UTC. Good away from the hour in which the clocks change. */
export function fromNewYork(wall: number): number {
  return wall - getTimezoneOffset('America/New_York', new Date(wall + 5 * HOUR));
}
