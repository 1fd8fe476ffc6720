import type { BarRequest, Context } from 'almanac/provider';
import { type KlinePage, klinePage } from './kline-page.js';
import { choosePage, endpointOf, marketOf } from './markets.js';
import type { Options } from './options.js';
import { intervalOf, lengthOfBars, mostBars } from './timeframes.js';

const LARGEST_PAGE = 4 * 2 ** 20;

/**
 * One page of a range. Both bounds are inclusive there and compare with the open, so the end is asked as one
 * millisecond earlier.
 */
export async function askPage(range: BarRequest, context: Context<Options>): Promise<KlinePage> {
  const { instrument, timeframe, start, end } = range;
  const market = marketOf(instrument);
  const size = choosePage(market, mostBars(timeframe, start, end));
  const url = endpointOf(market, context.options, 'klines', {
    symbol: instrument.native,
    interval: intervalOf(timeframe),
    startTime: start,
    endTime: end - 1,
    limit: size.limit,
  });
  const page = await context.http.json(
    { url, pool: market.pool, cost: { weight: size.weight }, maxBytes: LARGEST_PAGE },
    klinePage,
  );
  refuseLonger(page, range, context);
  refuseOthers(page, range, context);
  return page;
}

/**
 * The part of a range that one page is asked for: all of it where the oldest bars come first. Where the newest do, no
 * more than fits into a page, so that whichever come first, all of them come.
 */
export function cutWindow(range: BarRequest): BarRequest {
  const { pages, pageSpan } = marketOf(range.instrument);
  if (pageSpan === undefined) return range;
  const length = Math.min(pageSpan, lengthOfBars(range.timeframe, pages.at(-1)?.limit ?? 1));
  return { ...range, end: Math.min(range.end, range.start + length) };
}

/** Longer bars open on this grid as well, but close later. Most, because a halt moves the close of a few. */
function refuseLonger({ bars, closes }: KlinePage, { instrument, timeframe }: BarRequest, { error }: Context): void {
  if (timeframe === '1mo' || bars.time.length === 0) return;
  const longer = bars.time.filter((open, row) => mostBars(timeframe, open, (closes[row] as number) + 1) > 1);
  if (longer.length * 2 <= bars.time.length) return;
  throw error('MALFORMED', `asked for ${instrument.native} ${timeframe}, it sent longer bars`);
}

function refuseOthers({ bars: { time } }: KlinePage, { instrument, start, end }: BarRequest, { error }: Context): void {
  if (time.length === 0 || time.some((open) => open >= start && open < end)) return;
  const asked = `${new Date(start).toISOString()} to ${new Date(end).toISOString()}`;
  throw error('MALFORMED', `asked for ${instrument.native} from ${asked}, it sent other bars`);
}
