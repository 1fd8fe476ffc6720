import type { BarRequest, Context, Row } from 'almanac/provider';
import { type Candle, page, toRow } from './candles.js';
import { INTERVALS, PAGE } from './capabilities.js';
import type { Options } from './options.js';
import { requestOf } from './request.js';

/** Page after page, each beginning after the last candle of the one before. */
export async function* readBars(request: BarRequest, context: Context<Options>): AsyncIterable<readonly Row[]> {
  const { instrument, timeframe, start, end } = request;
  const interval = INTERVALS.get(timeframe);
  if (interval === undefined) throw context.error('UNSUPPORTED', `there are no bars of ${timeframe}`);
  for (let from = start; from < end; ) {
    context.signal.throwIfAborted();
    // Theirs are seconds, and `end` is inside: ours is not.
    const query = {
      symbol: instrument.native,
      interval: interval.word,
      start: Math.ceil(from / 1000),
      end: Math.ceil(end / 1000) - 1,
      limit: PAGE,
    };
    const { candles } = await context.http.json(requestOf('/v1/candles', query, context.options), page);
    const rows = candles.map(toRow).filter(({ time }) => time >= from && time < end);
    // The last candle may still be forming: what has not closed does not exist.
    const closed = rows.filter(({ time }) => time + interval.ms <= context.now());
    if (closed.length > 0) yield closed;
    if (candles.length < PAGE) return;
    const last = (candles.at(-1) as Candle)[0] * 1000;
    if (last < from) throw context.error('MALFORMED', `a page from ${from} on ends at ${last}`);
    from = last + interval.ms;
  }
}
