import type { BarRequest, Context } from 'almanac/provider';
import { findDay, findOpen } from './find-open.js';
import { klinePage } from './kline-page.js';
import { choosePage, endpointOf, marketOf } from './markets.js';
import type { Options } from './options.js';
import { intervalOf, lastOpenBefore, lengthOfBars } from './timeframes.js';

/** The open of the first bar there is, closed or not. */
export async function findFirst(
  series: Omit<BarRequest, 'start' | 'end'>,
  context: Context<Options>,
): Promise<number | undefined> {
  const market = marketOf(series.instrument);
  return market.pageSpan === undefined ? askOldest(series, context) : searchOldest(series, market.since, context);
}

/** Asked from the epoch on, the API answers with the oldest bar it has. */
async function askOldest(
  { instrument, timeframe }: Omit<BarRequest, 'start' | 'end'>,
  context: Context<Options>,
): Promise<number | undefined> {
  const market = marketOf(instrument);
  const query = { symbol: instrument.native, interval: intervalOf(timeframe), startTime: 0, limit: 1 };
  const url = endpointOf(market, context.options, 'klines', query);
  const { weight } = choosePage(market, 1);
  const { bars } = await context.http.json({ url, pool: market.pool, cost: { weight } }, klinePage);
  return bars.time[0];
}

/** Where only the newest bars of a window come: first the day, then the bar in it, or the longer one that holds it. */
async function searchOldest(
  series: Omit<BarRequest, 'start' | 'end'>,
  since: number,
  context: Context<Options>,
): Promise<number | undefined> {
  const now = context.now();
  const day = await findDay(series.instrument, since, now, context);
  if (day === undefined || series.timeframe === '1d') return day;
  const start = lastOpenBefore(series.timeframe, day + 1);
  const end = Math.min(day + lengthOfBars('1d', 1), now);
  return (await findOpen({ ...series, start, end }, context)) ?? day;
}
