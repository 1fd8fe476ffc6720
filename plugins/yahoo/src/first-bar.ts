import type { BarRequest, Context, Probe } from 'almanac/provider';
import { makeDateReader, openOf } from './date-bars.js';
import { DAY, INTERVALS } from './intervals.js';
import type { YahooOptions } from './options.js';
import { readChart } from './read-chart.js';

/** Every chart tells when its symbol first traded; the smallest one will do. */
export async function findFirstBar(
  { instrument, timeframe }: Omit<BarRequest, 'start' | 'end'>,
  context: Context<YahooOptions>,
): Promise<number | undefined> {
  const { chart } = await readRecent(instrument.native, context);
  const { firstTradeDate, exchangeTimezoneName } = chart.meta;
  if (firstTradeDate === undefined || firstTradeDate === null) return undefined;
  const first = firstTradeDate * 1000;
  if (INTERVALS[timeframe]?.step !== undefined) return first;
  const date = makeDateReader(exchangeTimezoneName)(first);
  return timeframe === '1w' || timeframe === '1mo' ? openOf(timeframe, date) : date;
}

export async function probe(context: Context<YahooOptions>): Promise<Probe> {
  const { chart, serverTime } = await readRecent('AAPL', context);
  const { regularMarketTime } = chart.meta;
  const traded = typeof regularMarketTime === 'number' ? new Date(regularMarketTime * 1000).toISOString() : 'unknown';
  return { detail: `answers; AAPL last traded ${traded}`, ...(serverTime === undefined ? {} : { serverTime }) };
}

function readRecent(native: string, context: Context<YahooOptions>) {
  const period2 = Math.floor(context.now() / 1000);
  return readChart({ native, wire: '1d', period1: period2 - (7 * DAY) / 1000, period2 }, context);
}
