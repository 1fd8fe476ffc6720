import { findHolidays, weekday } from '../../market/holidays.js';
import { openOf } from '../../market/steps.js';
import { adjustmentsFrom } from '../listing-events.js';
import { type Bar, barsOf, joinBars, runningBar } from '../running-bar.js';
import { scale } from './intraday-rows.js';
import type { Row } from './row.js';
import type { RowsQuery } from './rows-query.js';
import { sessionsOf, stampDay, stampMonth } from './venues.js';

const DAY = 86_400_000;
const SLACK = { '1d': 2, '5d': 2, '1wk': 8, '1mo': 33, '3mo': 94 } as Readonly<Record<string, number>>;

/** Days, and what is made of days: split out of every price, dividends out of one more column. */
export function readDailyRows(query: RowsQuery): Row[] {
  const { market, listing, interval, start, end, now, quirks } = query;
  const slack = (SLACK[interval.name] as number) * DAY;
  const opening = periodOf(interval.name, Math.floor((start - slack) / DAY) * DAY);
  const { split, both } = adjustmentsFrom(market, listing, opening, now);
  const truth = barsOf(market, listing, '1d', opening, Math.min(end + slack, now) + 1);
  const days: Day[] = truth.flatMap((bar) => {
    const shown = showDay(query, bar);
    if (shown === undefined) return [];
    const factor = split(bar.time);
    return {
      bar: scale(shown, factor),
      adjusted: shown.close * both(bar.time),
      stamp: stampDay(listing, bar.time),
      date: bar.time,
    };
  });
  const rows: Row[] = group(query, days);
  const live = liveRow(query, days);
  if (quirks.extraRows && live) rows.push(live);
  if (quirks.nullRows && interval.name === '1d' && listing.kind === 'stock') rows.push(...holidayRows(query, days));
  return rows.filter(({ stamp }) => stamp >= start && stamp <= end && stamp <= now).sort((a, b) => a.stamp - b.stamp);
}

interface Day extends Row {
  readonly bar: Bar;
  readonly adjusted: number;
  readonly date: number;
}

/** The day as far as it has come; a session that has not begun is not there. */
function showDay({ market, listing, now }: RowsQuery, bar: Bar): Bar | undefined {
  const [open, close] = hoursOf(listing, bar.time);
  if (open > now) return undefined;
  return close <= now ? bar : runningBar(market, listing, bar.time, now);
}

function hoursOf(listing: RowsQuery['listing'], date: number): readonly [number, number] {
  if (listing.kind !== 'stock') return [date, date + DAY];
  const session = sessionsOf(listing, date, date + DAY).find((one) => one.date === date);
  return session ? [session.open, session.close] : [date, date + DAY];
}

function group({ listing, interval }: RowsQuery, days: readonly Day[]): Row[] {
  if (interval.name === '1d') return [...days];
  const groups = new Map<number, Day[]>();
  days.forEach((day, at) => {
    const key = interval.name === '5d' ? Math.floor(at / 5) : periodOf(interval.name, day.date);
    groups.set(key, [...(groups.get(key) ?? []), day]);
  });
  return Array.from(groups, ([period, inside]) => {
    const stamps = { '5d': inside[0]?.stamp as number, '1wk': stampDay(listing, period) } as Record<string, number>;
    const stamp = stamps[interval.name] ?? stampMonth(listing, period);
    const bar = joinBars(
      inside.map((day) => day.bar),
      stamp,
    ) as Bar;
    return { stamp, bar, adjusted: (inside.at(-1) as Day).adjusted };
  });
}

/** The first date of the week, month or quarter. */
function periodOf(interval: string, date: number): number {
  if (interval === '1wk') return openOf('1w', date);
  if (interval === '1mo') return openOf('1mo', date);
  if (interval !== '3mo') return date;
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), Math.floor(day.getUTCMonth() / 3) * 3, 1);
}

/** Today once more, at the second of its last trade: beside its own date, or beside its week or month. */
function liveRow({ listing, now }: RowsQuery, days: readonly Day[]): Row | undefined {
  const today = days.at(-1);
  if (today === undefined) return undefined;
  const [open, close] = hoursOf(listing, today.date);
  if (now < open || now >= close) return undefined;
  return { ...today, stamp: Math.floor(now / 1000) * 1000 };
}

/** Weekdays on which the exchange rested are rows of nulls. */
function holidayRows({ listing }: RowsQuery, days: readonly Day[]): Row[] {
  const rows: Row[] = [];
  const first = days[0]?.date;
  const last = days.at(-1)?.date;
  if (first === undefined || last === undefined) return rows;
  for (let year = new Date(first).getUTCFullYear(); year <= new Date(last).getUTCFullYear(); year += 1) {
    for (const date of findHolidays(year)) {
      if (date > first && date < last && weekday(date) % 6 !== 0) rows.push({ stamp: stampDay(listing, date) });
    }
  }
  return rows;
}
