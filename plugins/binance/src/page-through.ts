import type { BarRequest, Bars, Context } from 'almanac/provider';
import { askPage, cutWindow } from './ask-page.js';
import { findDay } from './find-open.js';
import type { KlinePage } from './kline-page.js';
import { marketOf } from './markets.js';
import type { Options } from './options.js';
import { lastOpenBefore } from './timeframes.js';

/**
 * Bars by the API, page after page. A short page proves nothing (it may end at a hole): the next begins one after the
 * last open, and only an empty page, or the last open of the range, is the end. Where pages are cut to windows, the
 * next begins where the window ended, and an empty page is no end either.
 */
export async function* pageThrough(request: BarRequest, context: Context<Options>): AsyncGenerator<Bars> {
  const { instrument, timeframe } = request;
  const { since, pageSpan } = marketOf(instrument);
  const now = context.now();
  // What opens at or after now does not exist by the data clock, whatever the server's clock has reached.
  const end = Math.min(request.end, now);
  const last = lastOpenBefore(timeframe, end);
  for (let cursor = Math.max(request.start, since); cursor < end; ) {
    context.signal.throwIfAborted();
    const window = cutWindow({ ...request, start: cursor, end });
    const page = await askPage(window, context);
    const { time } = page.bars;
    if (time.length === 0 && pageSpan === undefined) return;
    const wanted = select(page, window, now);
    if (wanted.time.length > 0) yield wanted;
    const seen = pageSpan === undefined ? newestBefore(end, time) : window.end - 1;
    if (seen >= last) return;
    const next = seen + 1;
    // Years without a bar are many windows of minutes, and few of days. A window of days as long finds no more.
    const search = time.length === 0 && next - cursor < (pageSpan ?? 0);
    const day = search ? await findDay(instrument, next, end, context) : next;
    if (day === undefined) return;
    cursor = Math.max(next, day);
  }
}

function newestBefore(end: number, opens: Float64Array): number {
  return opens.reduce((most, open) => (open < end ? Math.max(most, open) : most), Number.NEGATIVE_INFINITY);
}

/** The rows of a window that have closed. Nearly always that is the whole page, and then nothing is copied. */
function select({ bars, closes }: KlinePage, { start, end }: BarRequest, now: number): Bars {
  const keep = bars.time.map((open, row) => Number(open >= start && open < end && (closes[row] as number) < now));
  if (keep.every((kept) => kept === 1)) return bars;
  const pick = (column: Float64Array) => column.filter((_, row) => keep[row] === 1);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
