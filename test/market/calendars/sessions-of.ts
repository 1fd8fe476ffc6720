import type { Calendar, Session } from '../../../src/market/calendar.js';
import { findCalendar } from '../../../src/market/calendars.js';

const DAY = 86_400_000;

export function calendar(id: string): Calendar {
  const found = findCalendar(id);
  if (found === undefined) throw new Error(`there is no calendar ${id}`);
  return found;
}

export function sessionsBetween(id: string, start: string | number, end: string | number): readonly Session[] {
  const at = (when: string | number): number => (typeof when === 'number' ? when : Date.parse(when));
  return calendar(id).sessions?.({ start: at(start), end: at(end) }) ?? [];
}

/** Sessions whose date lies in the year, wherever they open by UTC. */
export function sessionsOf(id: string, year: number): readonly Session[] {
  return sessionsBetween(id, Date.UTC(year, 0, 1) - DAY, Date.UTC(year + 1, 0, 1) + DAY).filter(
    ({ date }) => new Date(date).getUTCFullYear() === year,
  );
}

export function countsOf(id: string, first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => sessionsOf(id, first + i).length);
}

export function datesOf(id: string, year: number): readonly string[] {
  return sessionsOf(id, year).map(({ date }) => showDate(date));
}

export function isOpen(id: string, date: string): boolean {
  return sessionOn(id, date) !== undefined;
}

/** A day's hours in UTC, `14:30-21:00`, with its break between: `00:00-02:30 03:30-06:00`; undefined when it is closed. */
export function hoursOn(id: string, date: string): string | undefined {
  const session = sessionOn(id, date);
  if (session === undefined) return undefined;
  const { open, close, breaks = [] } = session;
  const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close].map(showTime);
  return edges.map((edge, i) => (i % 2 === 0 ? `${i === 0 ? '' : ' '}${edge}-` : edge)).join('');
}

export function showDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function sessionOn(id: string, date: string): Session | undefined {
  return sessionsOf(id, Number(date.slice(0, 4))).find((session) => showDate(session.date) === date);
}

function showTime(instant: number): string {
  return new Date(instant).toISOString().slice(11, 16);
}
