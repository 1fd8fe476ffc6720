import { z } from 'zod';

export const YAHOO = 'https://query2.finance.yahoo.com';

export const options = z.strictObject({
  /** The root: `/v8/finance/chart/…` follows it. */
  url: z.url({ protocol: /^https?$/, error: 'must be a http or https URL' }).default(YAHOO),
});

export type YahooOptions = z.output<typeof options>;
