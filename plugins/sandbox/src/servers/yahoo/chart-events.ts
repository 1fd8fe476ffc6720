import { eventsOf } from '../listing-events.js';
import type { RowsQuery } from './rows-query.js';
import { stampDay } from './venues.js';

const DAY = 86_400_000;

/** Dividends and splits of the window, each under its session's opening bell; undefined where there are none. */
export function listEvents(
  { market, listing, start, end, now }: RowsQuery,
  wanted: readonly string[],
  split: (date: number) => number,
) {
  const dividends: Record<string, object> = {};
  const splits: Record<string, object> = {};
  for (const event of eventsOf(market, listing, start - DAY, Math.min(end, now) + 1)) {
    const stamp = stampDay(listing, event.time);
    if (stamp < start || stamp > Math.min(end, now)) continue;
    const date = stamp / 1000;
    if (event.kind === 'dividend' && wanted.includes('div')) {
      dividends[date] = { amount: Number((event.amount * split(event.time)).toFixed(6)), date };
    } else if (event.kind === 'split' && wanted.includes('split')) {
      const { numerator, denominator } = event;
      splits[date] = { date, numerator, denominator, splitRatio: `${numerator}:${denominator}` };
    }
  }
  const events = {
    ...(Object.keys(dividends).length > 0 && { dividends }),
    ...(Object.keys(splits).length > 0 && { splits }),
  };
  return Object.keys(events).length > 0 ? events : undefined;
}
