import type { Row, Schema } from 'almanac/provider';
import { z } from 'zod';

/** A page of history: `seconds` is what a row is asked for by, its open or its time. */
export interface Page {
  readonly rows: readonly Row[];
}

/** Numbers today, strings in years past; admission reads both strictly. */
const price = z.union([z.number(), z.string()]);
const epoch = z.number().int().nonnegative();

export const candles: Schema<Page> = z
  .object({
    candles: z.array(z.object({ epoch, open: price, high: price, low: price, close: price })),
  })
  .transform(({ candles }) => ({
    rows: candles.map(({ epoch, open, high, low, close }) => ({ time: epoch * 1000, open, high, low, close })),
  }));

export const ticks: Schema<Page> = z
  .object({
    history: z
      .object({ prices: z.array(price), times: z.array(epoch) })
      .refine(({ prices, times }) => prices.length === times.length, 'as many times as prices'),
  })
  .transform(({ history: { prices, times } }) => ({
    rows: times.map((time, i) => ({ time: time * 1000, price: prices[i] })),
  }));
