import type { BarRequest, Context, Listing } from 'almanac/provider';
import { z } from 'zod';
import { page } from './candles.js';
import { INTERVALS } from './capabilities.js';
import type { Options } from './options.js';
import { requestOf } from './request.js';

const listing = z.object({
  symbols: z.array(z.object({ symbol: z.string(), status: z.string(), listed: z.int().optional() })),
});

/** Every symbol they have. */
export async function* listInstruments(context: Context<Options>): AsyncIterable<readonly Listing[]> {
  const { symbols } = await context.http.json(requestOf('/v1/symbols', {}, context.options), listing);
  yield symbols.map(({ symbol, status, listed }) => ({
    symbol: symbol.replace('-', ''),
    native: symbol,
    assetClass: 'crypto',
    active: status === 'trading',
    ...(listed === undefined ? {} : { listedFrom: listed * 1000 }),
  }));
}

/** Asked from the epoch on, they answer with the oldest candle there is. */
export async function findFirstBar(
  { instrument, timeframe }: Omit<BarRequest, 'start' | 'end'>,
  context: Context<Options>,
): Promise<number | undefined> {
  const interval = INTERVALS.get(timeframe);
  if (interval === undefined) return undefined;
  const query = { symbol: instrument.native, interval: interval.word, start: 0, limit: 1 };
  const { candles } = await context.http.json(requestOf('/v1/candles', query, context.options), page);
  return candles[0] && candles[0][0] * 1000;
}
