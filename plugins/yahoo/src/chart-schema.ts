import { z } from 'zod';

/** The library turns some of Yahoo's seconds into dates, and leaves them where anything else surprises it. */
const seconds = z.union([z.number(), z.date().transform((date) => date.getTime() / 1000)]);
const period = z.object({ start: seconds, end: seconds });
const numbers = z.array(z.number().nullable());

const quote = z.object({ open: numbers, high: numbers, low: numbers, close: numbers, volume: numbers.optional() });

/** What of a chart is used; the rest may change as it likes. */
export const chartSchema = z.object({
  meta: z.object({
    symbol: z.string(),
    exchangeTimezoneName: z.string().refine(isZone, 'is no time zone'),
    dataGranularity: z.string().optional(),
    firstTradeDate: seconds.nullish(),
    regularMarketTime: seconds.nullish(),
    /** Only of intraday charts: a list of days, or an object when before- and after-hours are asked too. */
    tradingPeriods: z
      .union([
        z.array(z.array(period)),
        z.object({ regular: z.array(z.array(period)) }).transform(({ regular }) => regular),
      ])
      .optional()
      .catch(undefined),
  }),
  timestamp: z.array(z.number().int()).optional(),
  indicators: z.object({
    quote: z.array(quote),
    adjclose: z.array(z.object({ adjclose: numbers.optional() })).optional(),
  }),
  events: z
    .object({
      dividends: z.record(z.string(), z.object({ amount: z.number(), date: seconds })).optional(),
      splits: z
        .record(z.string(), z.object({ numerator: z.number(), denominator: z.number(), date: seconds }))
        .optional(),
    })
    .optional(),
});

export type Chart = z.output<typeof chartSchema>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
