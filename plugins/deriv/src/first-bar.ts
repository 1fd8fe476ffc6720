import type { BarRequest, Context } from 'almanac/provider';
import { GRANULARITIES } from './capabilities.js';
import { openSocket } from './channel.js';
import { candles } from './history.js';
import type { Options } from './options.js';

const DAY = 86_400;
/** Before there were any such markets. What has bars even then has them since nobody knows when. */
const EARLIEST = 2000;

/**
 * Nobody tells when a market began. But an answer holds the latest rows of what was asked, so one row shows whether
 * there is anything before a date: that finds the year, its days the day, and the day's bars the first of all. Seven
 * small questions; the days of all years in one answer would be fewer, and a thousand times the work for the server.
 */
export async function findFirst(
  { instrument, timeframe }: Omit<BarRequest, 'start' | 'end'>,
  context: Context<Options>,
): Promise<number | undefined> {
  const granularity = GRANULARITIES[timeframe];
  if (granularity === undefined) return undefined;
  const socket = openSocket(context);
  const ask = async (start: number, end: number, granularity: number, count: number): Promise<number[]> => {
    const message = { ticks_history: instrument.native, style: 'candles', start, end: String(end), count, granularity };
    const { rows } = await socket.ask(message, candles);
    const seconds = rows.map(({ time }) => time / 1000).filter((second) => second >= start && second <= end);
    return seconds.sort((a, b) => a - b);
  };
  let year = EARLIEST;
  for (let later = new Date(context.now()).getUTCFullYear() + 1; later - year > 1; ) {
    const middle = Math.floor((year + later) / 2);
    const [any] = await ask(1, secondOf(middle) - 1, DAY, 1);
    if (any === undefined) year = middle;
    else later = middle;
  }
  if (year === EARLIEST) return undefined;
  const [day] = await ask(secondOf(year), secondOf(year + 1) - 1, DAY, 366);
  if (day === undefined || granularity === DAY) return day === undefined ? undefined : day * 1000;
  const [first] = await ask(day, day + DAY - 1, granularity, DAY / granularity);
  return first === undefined ? undefined : first * 1000;
}

function secondOf(year: number): number {
  return Date.UTC(year, 0) / 1000;
}
