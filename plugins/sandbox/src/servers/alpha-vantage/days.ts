import type { Listing, Market } from '../../market/market.js';
import { findSessionsBetween } from '../../market/new-york.js';
import { openOf } from '../../market/steps.js';
import { type Bar, barsOf, joinBars, runningBar } from '../running-bar.js';
import { warmBars } from '../warm-bars.js';

const DAY = 86_400_000;
/** Their history begins with the millennium's last autumn. */
const BEGINNING = Date.UTC(1999, 10, 1);

/** The days from `start` to now, ascending, at 00:00 UTC of their dates; the last may still run. */
export async function readDays(market: Market, listing: Listing, start: number, now: number): Promise<Bar[]> {
  const from = Math.max(start, listing.kind === 'stock' ? BEGINNING : listing.listedFrom);
  await warmBars(market, listing, '1d', from, now);
  return barsOf(market, listing, '1d', Math.floor(from / DAY) * DAY, now + 1).flatMap((bar) => {
    const [open, close] = hoursOf(listing, bar.time);
    if (open > now) return [];
    return close <= now ? bar : (runningBar(market, listing, bar.time, now) ?? []);
  });
}

/** Whether today's day is one that still runs. */
export function isRunning(listing: Listing, date: number, now: number): boolean {
  const [open, close] = hoursOf(listing, date);
  return open <= now && now < close;
}

/** Weeks or months of days. They carry the date of their last day so far, and keep which days they hold. */
export function groupDays(
  days: readonly Bar[],
  step: '1w' | '1mo',
): { readonly bar: Bar; readonly days: readonly Bar[] }[] {
  const groups = new Map<number, Bar[]>();
  for (const day of days) {
    const open = openOf(step, day.time);
    const inside = groups.get(open);
    if (inside) inside.push(day);
    else groups.set(open, [day]);
  }
  return Array.from(groups.values(), (inside) => ({
    bar: joinBars(inside, (inside.at(-1) as Bar).time) as Bar,
    days: inside,
  }));
}

function hoursOf(listing: Listing, date: number): readonly [number, number] {
  const session = listing.kind === 'stock' ? findSessionsBetween(date, date + DAY)[0] : undefined;
  return session ? [session.open, session.close] : [date, date + DAY];
}
