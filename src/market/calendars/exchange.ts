import type { Calendar, Session } from '../calendar.js';
import { yearOf } from '../range.js';
import { DAY } from '../timeframe.js';
import { dateOf, isWeekend } from './dates.js';
import { ZoneClock } from './zone-clock.js';

/** An exchange that trades from Monday to Friday: its rules, and as data what no rule foretells. */
export interface ExchangeRules {
  readonly id: string;
  readonly zone: string;
  /** The first date for which all closures are vouched for, and the first for which they are not any more. */
  readonly known: readonly [since: string, until: string];
  /** Regular hours, by the date from which they hold, ascending. */
  readonly hours: readonly Hours[];
  /** Dates without trading, by rule; weekends may be among them. */
  readonly holidays: (year: number) => readonly number[];
  /** Dates without trading that no rule foretells. */
  readonly closures: readonly string[];
  /** Dates that end early or begin late, by rule; holidays may be among them. */
  readonly shortDays: (year: number, isOpen: (date: number) => boolean) => readonly ShortDay[];
  /** The same, where no rule foretells it (`['2012-07-24', { open: '13:00' }]`), and long pauses. */
  readonly oddDays?: readonly (readonly [date: string, hours: ShortHours])[];
}

/** By the exchange's clocks, `09:30`. */
export interface Hours {
  readonly since: string;
  readonly open: string;
  readonly close: string;
  readonly lunch?: readonly [from: string, to: string];
}

export interface ShortHours {
  readonly open?: string;
  readonly close?: string;
  /** Nobody could trade meanwhile; instead of lunch. */
  readonly pause?: readonly [from: string, to: string];
}

export type ShortDay = readonly [date: number, hours: ShortHours];

export function createExchange(rules: ExchangeRules): Calendar {
  const clock = new ZoneClock(rules.zone);
  const years = new Map<number, readonly Session[]>();
  const closures = new Set(rules.closures.map((date) => Date.parse(date)));
  const oddDays = new Map(rules.oddDays?.map(([date, hours]) => [Date.parse(date), hours]));
  const eras = rules.hours.map(readHours);
  const [since, until] = rules.known.map((date) => Date.parse(date)) as [number, number];

  const makeSession = (date: number, short: ShortHours | undefined): Session => {
    const regular = eras.findLast((era) => era.since <= date) ?? (eras[0] as (typeof eras)[number]);
    const open = clock.toInstant(date + (readClock(short?.open) ?? regular.open));
    const close = clock.toInstant(date + (readClock(short?.close) ?? regular.close));
    const pause = short?.pause?.map((time) => readClock(time)) ?? regular.lunch;
    if (pause === undefined) return { date, open, close };
    const [start, end] = pause.map((time) => clock.toInstant(date + time)) as [number, number];
    return open < start && end < close ? { date, open, close, breaks: [{ start, end }] } : { date, open, close };
  };

  const makeYear = (year: number): readonly Session[] => {
    const holidays = new Set(rules.holidays(year));
    const isOpen = (date: number): boolean => !isWeekend(date) && !holidays.has(date) && !closures.has(date);
    const short = new Map(rules.shortDays(year, isOpen));
    const sessions: Session[] = [];
    for (let date = dateOf(year, 1, 1); date < dateOf(year + 1, 1, 1); date += DAY) {
      if (isOpen(date)) sessions.push(makeSession(date, oddDays.get(date) ?? short.get(date)));
    }
    years.set(year, sessions);
    return sessions;
  };

  return {
    id: rules.id,
    rhythm: 'daily',
    known: { start: since, end: until },
    // Where clocks are ahead of UTC, a session may begin on the eve of its date.
    sessions: ({ start, end }) => {
      const found: Session[] = [];
      if (!(start < end)) return found;
      for (let year = yearOf(start - DAY); year <= yearOf(end + DAY); year++) {
        const sessions = years.get(year) ?? makeYear(year);
        found.push(...sessions.slice(indexAfter(sessions, start), indexFrom(sessions, end)));
      }
      return found;
    },
  };
}

/** The first session that closes after the instant. */
function indexAfter(sessions: readonly Session[], instant: number): number {
  return search(sessions, ({ close }) => close > instant);
}

/** The first session that opens at the instant or later. */
function indexFrom(sessions: readonly Session[], instant: number): number {
  return search(sessions, ({ open }) => open >= instant);
}

function search(sessions: readonly Session[], isBeyond: (session: Session) => boolean): number {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(sessions[middle] as Session)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function readHours({ since, open, close, lunch }: Hours) {
  return {
    since: Date.parse(since),
    open: readClock(open),
    close: readClock(close),
    lunch: lunch?.map((time) => readClock(time)),
  };
}

function readClock<T extends string | undefined>(time: T): T extends string ? number : number | undefined;
function readClock(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return (hours * 60 + minutes) * 60_000;
}
