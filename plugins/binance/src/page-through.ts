import type { BarRequest, Bars, Context } from 'almanac/provider';
import { type KlinePage, klinePage } from './kline-page.js';
import { endpointOf, marketOf, type PageSize } from './markets.js';
import type { Options } from './options.js';
import { intervalOf, lastOpenBefore, mostBars } from './timeframes.js';

const LARGEST_PAGE = 4 * 2 ** 20;

/**
 * Bars by the API, page after page. Both bounds are inclusive there and compare with the open, so the end is asked
 * as one millisecond earlier, and the next page starts one after the last open. A short page proves nothing (it may
 * end at a hole): only an empty page, or the last open of the range, ends it.
 */
export async function* pageThrough(request: BarRequest, context: Context<Options>): AsyncGenerator<Bars> {
  const { instrument, timeframe } = request;
  const market = marketOf(instrument);
  const now = context.now();
  // What opens at or after now does not exist by the data clock, whatever the server's clock has reached.
  const end = Math.min(request.end, now);
  const last = lastOpenBefore(timeframe, end);
  for (let cursor = request.start; cursor < end; ) {
    context.signal.throwIfAborted();
    const size = choosePage(market.pages, mostBars(timeframe, cursor, end));
    const url = endpointOf(market, context.options, 'klines', {
      symbol: instrument.native,
      interval: intervalOf(timeframe),
      startTime: cursor,
      endTime: end - 1,
      limit: size.limit,
    });
    const page = await context.http.json(
      { url, pool: market.pool, cost: { weight: size.weight }, maxBytes: LARGEST_PAGE },
      klinePage,
    );
    const { time } = page.bars;
    if (time.length === 0) return;
    refuseLonger(page, request, context);
    const wanted = select(page, cursor, end, now);
    const newest = time.reduce((most, open) => (open < end ? Math.max(most, open) : most), Number.NEGATIVE_INFINITY);
    if (newest < cursor) {
      const asked = `${new Date(cursor).toISOString()} to ${new Date(end).toISOString()}`;
      throw context.error('MALFORMED', `asked for ${instrument.native} from ${asked}, it sent other bars`);
    }
    if (wanted.time.length > 0) yield wanted;
    if (newest >= last) return;
    cursor = newest + 1;
  }
}

/** Longer bars open on this grid as well, but close later. Most, because a halt moves the close of a few. */
function refuseLonger({ bars, closes }: KlinePage, { instrument, timeframe }: BarRequest, { error }: Context): void {
  if (timeframe === '1mo') return;
  const longer = bars.time.filter((open, row) => mostBars(timeframe, open, (closes[row] as number) + 1) > 1);
  if (longer.length * 2 <= bars.time.length) return;
  throw error('MALFORMED', `asked for ${instrument.native} ${timeframe}, it sent longer bars`);
}

/** The cheapest page that holds what is left, else the largest. */
function choosePage(pages: readonly PageSize[], bars: number): PageSize {
  return pages.find(({ limit }) => limit >= bars) ?? (pages.at(-1) as PageSize);
}

/** The rows in [start, end) that have closed. Nearly always that is the whole page, and then nothing is copied. */
function select({ bars, closes }: KlinePage, start: number, end: number, now: number): Bars {
  const keep = bars.time.map((open, row) => Number(open >= start && open < end && (closes[row] as number) < now));
  if (keep.every((kept) => kept === 1)) return bars;
  const pick = (column: Float64Array) => column.filter((_, row) => keep[row] === 1);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
