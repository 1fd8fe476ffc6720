import type { BarRequest, Context, Instrument } from 'almanac/provider';
import { askPage, cutWindow } from './ask-page.js';
import type { Options } from './options.js';
import { lastOpenBefore } from './timeframes.js';

/** The first day from that of an instant on that has a bar: a request for each 200 days that have none. */
export function findDay(
  instrument: Instrument,
  start: number,
  end: number,
  context: Context<Options>,
): Promise<number | undefined> {
  return findOpen({ instrument, timeframe: '1d', start: lastOpenBefore('1d', start + 1), end }, context);
}

/** The open of the first bar in a range, closed or not, of a market that is asked by windows. */
export async function findOpen(range: BarRequest, context: Context<Options>): Promise<number | undefined> {
  for (let start = range.start; start < range.end; ) {
    context.signal.throwIfAborted();
    const window = cutWindow({ ...range, start });
    const { bars } = await askPage(window, context);
    const opens = bars.time.filter((open) => open >= window.start && open < window.end);
    if (opens.length > 0) return opens.reduce((least, open) => Math.min(least, open));
    start = window.end;
  }
  return undefined;
}
