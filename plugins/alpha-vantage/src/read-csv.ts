import type { MakeError } from 'almanac/provider';
import type { Entry } from './entry.js';

const HEADER = /^\uFEFF?(timestamp|time),open,high,low,close(,volume)?\r?(\n|$)/;

/** `timestamp,open,high,low,close,volume`, newest first. Nothing at all may also come as `{}`. */
export async function readCsv(text: string, error: MakeError): Promise<readonly Entry[]> {
  if (/^\s*\{/.test(text)) return readNothing(text, error);
  if (!HEADER.test(text)) {
    throw error('MALFORMED', `it sent ${/^\s*</.test(text) ? 'a web page' : 'something'} instead of CSV`);
  }
  const { parseString } = await import('fast-csv');
  const entries: Entry[] = [];
  const rows = parseString<Record<string, string>, Record<string, string>>(text, {
    headers: ([first, ...others]) => [first === 'time' ? 'timestamp' : first, ...others],
    strictColumnHandling: true,
    ignoreEmpty: true,
  });
  let invalid = 0;
  rows.on('data-invalid', () => invalid++);
  for await (const { timestamp = '', open, high, low, close, volume } of rows) {
    entries.push({ stamp: timestamp, open, high, low, close, volume });
  }
  if (invalid > 0) throw error('MALFORMED', `it sent ${invalid} rows that do not fit their header`);
  return entries;
}

/** No rows, or the facts about a series without the series. */
function readNothing(text: string, error: MakeError): readonly Entry[] {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    throw error('MALFORMED', 'it sent JSON that is none');
  }
  if (Object.keys(reply as object).every((key) => key === 'Meta Data')) return [];
  throw error('MALFORMED', 'it sent JSON where CSV was asked');
}
