import type { Context, Probe } from 'almanac/provider';
import { findEndpoint } from './endpoints.js';
import { type AlphaVantageOptions, premiumRate } from './options.js';
import { query } from './query.js';

/** There is nothing that may be asked for free: the smallest real request stands for all. */
export async function probe(context: Context<AlphaVantageOptions>): Promise<Probe> {
  const of = findEndpoint('equity', '1d') as NonNullable<ReturnType<typeof findEndpoint>>;
  const ibm = { symbol: 'IBM', native: 'IBM', assetClass: 'equity' } as const;
  const [newest] = await query(of, ibm, { outputsize: 'compact' }, context);
  const cost = premiumRate(context.options.plan) === undefined ? ' (this asked one of the 25 requests a day)' : '';
  return { detail: `answers, and knows the key; IBM's newest day is ${newest?.stamp ?? 'unknown'}${cost}` };
}
