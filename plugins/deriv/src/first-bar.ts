import type { BarRequest, Context } from 'almanac/provider';
import { GRANULARITIES } from './capabilities.js';
import { openSocket } from './channel.js';
import { candles } from './history.js';
import type { Options } from './options.js';

const MINUTE = 60;
const DAY = 86_400;
/** Most of their markets are younger; what is older is looked for once more, from the beginning of time. */
const EARLIEST = 2000;
const EPOCH = 1970;
/** Since ever. A zero may be read as no start at all. */
const EVER = 1;

/** The opens of the latest candles in two seconds, both inclusive, ascending. */
type Ask = (start: number, end: number, granularity: number, count: number) => Promise<readonly number[]>;

/**
 * Nobody tells when a market began. But an answer holds the latest rows of what was asked, so one row shows whether
 * there is anything before a date: that finds the year, its days the day, and the day's bars the first of all. Seven
 * small questions; the days of all years in one answer would be fewer, and a thousand times the work for the server.
 * Ticks begin in the minute that does: none is before its open.
 */
export async function findFirst(
  { instrument, timeframe }: Omit<BarRequest, 'start' | 'end'>,
  context: Context<Options>,
): Promise<number | undefined> {
  const granularity = timeframe === 'ticks' ? MINUTE : GRANULARITIES[timeframe];
  if (granularity === undefined) return undefined;
  const now = Math.floor(context.now() / 1000);
  const ask = askFor(instrument.native, context);
  const day = await findDay(ask, new Date(context.now()).getUTCFullYear());
  if (day === undefined || granularity === DAY) return inMilliseconds(day);
  const [first] = await askDay(ask, day, granularity);
  if (first !== undefined) return inMilliseconds(first);
  const later = await findLaterDay(ask, day, now, granularity);
  return later === undefined ? undefined : inMilliseconds((await askDay(ask, later, granularity))[0]);
}

function askFor(native: string, context: Context<Options>): Ask {
  const socket = openSocket(context);
  return async (start, end, granularity, count) => {
    const message = { ticks_history: native, style: 'candles', start, end: String(end), count, granularity };
    const { rows } = await socket.ask(message, candles);
    const seconds = rows.map(({ time }) => time / 1000).filter((second) => second >= start && second <= end);
    return seconds.sort((a, b) => a - b);
  };
}

async function findDay(ask: Ask, thisYear: number): Promise<number | undefined> {
  const hasBefore = async (year: number) => (await ask(EVER, secondOf(year) - 1, DAY, 1)).length > 0;
  const found = await findLeast(EARLIEST, thisYear, (year) => hasBefore(year + 1));
  const year = found === EARLIEST ? await findLeast(EPOCH, EARLIEST, (year) => hasBefore(year + 1)) : found;
  const [day] = await ask(secondOf(year), secondOf(year + 1) - 1, DAY, 366);
  return day;
}

/** Finer bars may be kept for less long than days are: the first day that has any. */
async function findLaterDay(ask: Ask, after: number, now: number, granularity: number): Promise<number | undefined> {
  const dayOf = (n: number) => after + n * DAY;
  const today = Math.floor((now - after) / DAY);
  const n = await findLeast(1, today, async (n) => (await ask(EVER, dayOf(n + 1) - 1, granularity, 1)).length > 0);
  return dayOf(n);
}

function askDay(ask: Ask, day: number, granularity: number): Promise<readonly number[]> {
  return ask(day, day + DAY - 1, granularity, DAY / granularity);
}

/** The least number in [from, to] that it holds for, as it does for all that follow; the last is taken untried. */
async function findLeast(from: number, to: number, holds: (n: number) => Promise<boolean>): Promise<number> {
  let least = from;
  for (let most = to; least < most; ) {
    const middle = Math.floor((least + most) / 2);
    if (await holds(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}

function inMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function secondOf(year: number): number {
  return Date.UTC(year, 0) / 1000;
}
