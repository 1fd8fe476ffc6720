import type { Listing, Market, Step } from '../../market/market.js';
import { findSessionsBetween } from '../../market/new-york.js';
import { extendedMinutes } from '../extended-hours.js';
import { type Bar, barsOf, joinBars, runningBar } from '../running-bar.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEPS: Readonly<Record<string, Step>> = {
  '1min': '1m',
  '5min': '5m',
  '15min': '15m',
  '30min': '30m',
  '60min': '1h',
};

export function isInterval(interval: string | null): interval is string {
  return interval !== null && Object.hasOwn(STEPS, interval);
}

/** Bars on the clock that open in [start, end) and before now, ascending; the last may still run. */
export function readIntraday(
  market: Market,
  listing: Listing,
  interval: string,
  start: number,
  end: number,
  now: number,
  extended: boolean,
): Bar[] {
  const length = Number.parseInt(interval, 10) * MINUTE;
  if (extended) return joinMinutes(allMinutes(market, listing, start, end, now), length);
  return barsOf(market, listing, STEPS[interval] as Step, start, Math.min(end, now + 1)).flatMap((bar) =>
    bar.time + length <= now ? bar : (runningBar(market, listing, bar.time, now) ?? []),
  );
}

function allMinutes(market: Market, listing: Listing, start: number, end: number, now: number): Bar[] {
  return findSessionsBetween(start - 5 * HOUR, end + 6 * HOUR)
    .flatMap((session) => {
      const { pre, post } = extendedMinutes(market, listing, session);
      return [...pre, ...barsOf(market, listing, '1m', session.open, session.close), ...post];
    })
    .filter(({ time }) => time >= start && time < end && time + MINUTE <= now);
}

function joinMinutes(minutes: readonly Bar[], length: number): Bar[] {
  const groups = new Map<number, Bar[]>();
  for (const minute of minutes) {
    const open = Math.floor(minute.time / length) * length;
    const inside = groups.get(open);
    if (inside) inside.push(minute);
    else groups.set(open, [minute]);
  }
  return Array.from(groups, ([open, inside]) => joinBars(inside, open) as Bar);
}
