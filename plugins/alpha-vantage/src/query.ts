import type { Context, Instrument } from 'almanac/provider';
import type { Endpoint } from './endpoints.js';
import type { Entry } from './entry.js';
import { judge } from './judge.js';
import type { AlphaVantageOptions } from './options.js';
import { readCsv } from './read-csv.js';
import { readSeries, seriesSchema } from './read-series.js';

/** Twenty-five years of days have 3 MB; whatever is far larger is no answer. */
const LARGEST_REPLY = 8 * 2 ** 20;

/** Asks one function once. The key is joined by the host, and is in nothing that is built here. */
export async function query(
  of: Endpoint,
  instrument: Instrument,
  parameters: Readonly<Record<string, string>>,
  context: Context<AlphaVantageOptions>,
): Promise<readonly Entry[]> {
  const { http, options, error } = context;
  const { apiKey } = options;
  if (apiKey === undefined) {
    throw error('AUTH', 'it needs a key', {
      suggestion: 'set ALPHA_VANTAGE_KEY; a key is free at https://www.alphavantage.co/support/#api-key',
    });
  }
  const url = new URL(`${options.url.replace(/\/+$/, '')}/query`);
  const all = { function: of.name, ...namesOf(of, instrument), ...parameters, datatype: of.format };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  const request = { url, secretQuery: { apikey: apiKey }, maxBytes: LARGEST_REPLY };
  if (of.format === 'json')
    return readSeries(await http.json(request, seriesSchema), instrument.native.split('/')[0] as string, error);
  const { text } = await http.text(request);
  judge({ text }, error);
  return readCsv(text, error);
}

function namesOf({ name }: Endpoint, { native }: Instrument): Readonly<Record<string, string>> {
  const [base = '', quote = ''] = native.split('/');
  if (name.startsWith('FX_')) return { from_symbol: base, to_symbol: quote };
  return name.startsWith('TIME_SERIES') ? { symbol: native } : { symbol: base, market: quote };
}
