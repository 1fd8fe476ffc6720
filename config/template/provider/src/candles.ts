import type { Row } from 'almanac/provider';
import { z } from 'zod';

/** Numbers come as text, and may be null. They stay text: admission parses them, and null never becomes zero. */
const cell = z.string().nullable();

/** A reply of `/v1/candles`: open time in whole seconds, then open, high, low, close, volume. */
export const page = z.object({ candles: z.array(z.tuple([z.int(), cell, cell, cell, cell, cell])) });

export type Candle = z.output<typeof page>['candles'][number];

export function toRow([seconds, open, high, low, close, volume]: Candle): Row {
  return { time: seconds * 1000, open, high, low, close, volume };
}
