import { keyOf, mix } from '../../market/hash.js';
import type { Session } from '../../market/new-york.js';
import { barsOf } from '../running-bar.js';
import { flatBar, type Row } from './row.js';
import type { RowsQuery } from './rows-query.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HALF_DAY = 3.5 * HOUR;

/** What the real server's rows have besides the bars. Rows come and go unadjusted and in order of time. */
export function addOddities(rows: readonly Row[], sessions: readonly Session[], query: RowsQuery): Row[] {
  const { quirks, interval, start } = query;
  let odd = [...rows];
  if (quirks.nullRows) odd = fillWithNulls(odd, interval.intraday?.ms as number);
  if (quirks.halfDayHole && interval.intraday?.ms === HOUR) odd = sessions.reduce(spoilHalfDay, odd);
  if (quirks.firstMinuteEmpty && interval.name === '1m') odd = emptyFirst(odd, query, start);
  if (quirks.extraRows) odd.push(...extraRow(odd, sessions, query));
  return odd;
}

/** Slots of a day in which nobody traded are there, and hold nothing. */
function fillWithNulls(rows: readonly Row[], ms: number): Row[] {
  return rows.flatMap((row, at) => {
    const next = rows[at + 1]?.stamp ?? row.stamp;
    const filled: Row[] = [row];
    if (next - row.stamp < 6 * HOUR) for (let stamp = row.stamp + ms; stamp < next; stamp += ms) filled.push({ stamp });
    return filled;
  });
}

/** The last half hour is missing, and rows stand where this day and a usual day end. */
function spoilHalfDay(rows: Row[], { open, close }: Session): Row[] {
  if (close - open !== HALF_DAY) return rows;
  const last = open + 3 * HOUR;
  const price = rows.find(({ stamp }) => stamp === last)?.bar?.close;
  if (price === undefined) return rows;
  const spoilt = rows.map((row) => (row.stamp === last ? { stamp: last } : row));
  for (const stamp of [close, close + 3 * HOUR]) spoilt.push({ stamp, bar: flatBar(stamp, price) });
  return spoilt.sort((a, b) => a.stamp - b.stamp);
}

function emptyFirst(rows: readonly Row[], { listing }: RowsQuery, start: number): Row[] {
  const at = rows.findIndex(({ stamp }) => stamp >= start);
  const first = rows[at];
  if (first?.bar === undefined || mix(keyOf(listing.symbol, 1), first.stamp / MINUTE) % 3 !== 0) return [...rows];
  return rows.with(at, { ...first, bar: { ...first.bar, volume: 0 } });
}

/** While it trades, and until the end of the day: the last trade once more, stamped when it was. */
function extraRow(rows: readonly Row[], sessions: readonly Session[], { market, listing, now }: RowsQuery): Row[] {
  const session = sessions.findLast(({ open }) => open <= now);
  if (session === undefined || (listing.kind === 'stock' && now >= session.open + 12 * HOUR)) return [];
  const stamp = Math.floor(Math.min(now, session.close) / 1000) * 1000;
  const minute = barsOf(market, listing, '1m', Math.max(session.open, now - DAY), Math.min(now + 1, session.close)).at(
    -1,
  );
  if (minute === undefined || (listing.kind === 'fx' && now - minute.time > 2 * MINUTE)) return [];
  if (rows.some((row) => row.stamp === stamp)) return [];
  return [{ stamp, bar: flatBar(stamp, now >= minute.time + MINUTE ? minute.close : minute.open) }];
}
