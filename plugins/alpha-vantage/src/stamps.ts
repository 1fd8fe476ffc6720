import type { Timeframe } from 'almanac/provider';
import { makeClockReader } from './clock-reader.js';
import type { DATES, Endpoint } from './endpoints.js';

const DAY = 86_400_000;
const FULL = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/;

type ReadStamp = (stamp: string) => number | undefined;

/** Makes the reader of one reply's stamps, which are given in the order of time; undefined for what is none. */
export async function makeStampReader(of: Endpoint, timeframe: Timeframe): Promise<ReadStamp> {
  if (of.interval === undefined) return (stamp) => dateOf(stamp, timeframe as (typeof DATES)[number]);
  const read = of.paging === 'months' ? await makeClockReader() : readUtc;
  return (stamp) => (FULL.test(stamp) ? read(stamp) : undefined);
}

/** When a bar that opens at `open` has closed. */
export function closeOf(open: number, timeframe: Timeframe, { interval }: Endpoint): number {
  if (interval !== undefined) return open + interval.step;
  if (timeframe === '1mo') return monthOf(open, 1);
  return open + (timeframe === '1w' ? 7 : 1) * DAY;
}

/** Weeks and months are stamped with their last session: a week begins on the Monday before, a month on its 1st. */
function dateOf(stamp: string, timeframe: (typeof DATES)[number]): number | undefined {
  const date = FULL.test(stamp) ? Date.parse(`${stamp.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  // A 30th of February would be taken for the 1st of March.
  if (Number.isNaN(date) || new Date(date).getUTCDate() !== Number(stamp.slice(8, 10))) return undefined;
  if (timeframe === '1mo') return monthOf(date, 0);
  // 1970-01-01 was a Thursday.
  return timeframe === '1w' ? date - ((((date / DAY + 3) % 7) + 7) % 7) * DAY : date;
}

function monthOf(date: number, add: number): number {
  const at = new Date(date);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + add, 1);
}

function readUtc(stamp: string): number | undefined {
  const time = Date.parse(`${stamp.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : time;
}
