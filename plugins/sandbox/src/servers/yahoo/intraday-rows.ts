import { regroup } from '../../market/aggregate.js';
import type { Session } from '../../market/new-york.js';
import { extendedMinutes } from '../extended-hours.js';
import { adjustmentsFrom } from '../listing-events.js';
import { type Bar, barsOf, joinBars, runningBar, toBars } from '../running-bar.js';
import type { Interval } from './intervals.js';
import { addOddities } from './oddities.js';
import type { Row } from './row.js';
import type { RowsQuery } from './rows-query.js';
import { sessionsOf } from './venues.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

export function readIntradayRows(query: RowsQuery): Row[] {
  const { market, listing, start, end, now, prePost } = query;
  const sessions = sessionsOf(listing, start - DAY, Math.min(end, now) + DAY);
  const { split } = adjustmentsFrom(market, listing, start - DAY, now);
  const rows: Row[] = addOddities(
    sessionBars(query, sessions).flatMap((bar) => showBar(query, bar, sessions)),
    sessions,
    query,
  );
  if (prePost && listing.kind === 'stock') rows.push(...sessions.flatMap((session) => extendedRows(query, session)));
  return rows
    .filter(({ stamp }) => stamp >= start && stamp <= end && stamp <= now)
    .sort((a, b) => a.stamp - b.stamp)
    .map(({ stamp, bar }) => (bar ? { stamp, bar: scale(bar, split(Math.floor(stamp / DAY) * DAY)) } : { stamp }));
}

/** Bars of the day count from the opening bell, so that an hour opens at half past. */
function sessionBars({ market, listing, interval, start, end, now }: RowsQuery, sessions: readonly Session[]): Bar[] {
  const { ms, from } = interval.intraday as NonNullable<Interval['intraday']>;
  const first = Math.floor(start / DAY) * DAY - DAY;
  const last = Math.min(end, now) + DAY;
  if (listing.kind === 'stock' && ms > 30 * MINUTE) {
    let at = 0;
    const openOf = (time: number): number => {
      while (at < sessions.length - 1 && time >= (sessions[at] as Session).close) at += 1;
      const { open } = sessions[at] as Session;
      return open + Math.floor((time - open) / ms) * ms;
    };
    const opening = sessions[0]?.open ?? first;
    return toBars(regroup(market.bars(listing, from, opening, last), openOf));
  }
  if (ms === 90 * MINUTE)
    return toBars(regroup(market.bars(listing, from, first, last), (time) => Math.floor(time / ms) * ms));
  return barsOf(market, listing, ms === 60 * MINUTE ? '1h' : from, first, last);
}

/** A bar that runs is shown as far as it has come; the minute that runs is only a stamp. */
function showBar({ market, listing, interval, now }: RowsQuery, bar: Bar, sessions: readonly Session[]): Row[] {
  const { ms } = interval.intraday as NonNullable<Interval['intraday']>;
  const session = sessions.find(({ open, close }) => bar.time >= open && bar.time < close);
  const close = Math.min(bar.time + ms, session?.close ?? Number.POSITIVE_INFINITY);
  if (bar.time > now) return [];
  if (close <= now) return [{ stamp: bar.time, bar }];
  const running = ms === MINUTE ? undefined : runningBar(market, listing, bar.time, now);
  return [{ stamp: bar.time, ...(running && { bar: running }) }];
}

/** Outside the session there is no volume, and the grid counts from 04:00 and from the closing bell. */
function extendedRows({ market, listing, interval, now }: RowsQuery, session: Session): Row[] {
  const { ms } = interval.intraday as NonNullable<Interval['intraday']>;
  const { pre, post } = extendedMinutes(market, listing, session);
  const group = (minutes: readonly Bar[], origin: number): Row[] => {
    const slots = new Map<number, Bar[]>();
    for (const minute of minutes) {
      if (minute.time + MINUTE > now) continue;
      const open = origin + Math.floor((minute.time - origin) / ms) * ms;
      slots.set(open, [...(slots.get(open) ?? []), minute]);
    }
    return Array.from(slots, ([open, inside]) => ({
      stamp: open,
      bar: { ...(joinBars(inside, open) as Bar), volume: 0 },
    }));
  };
  return [...group(pre, session.open - 330 * MINUTE), ...group(post, session.close)];
}

export function scale(bar: Bar, factor: number): Bar {
  if (factor === 1) return bar;
  return {
    time: bar.time,
    open: bar.open * factor,
    high: bar.high * factor,
    low: bar.low * factor,
    close: bar.close * factor,
    volume: Math.round(bar.volume / factor),
  };
}
