import type { MakeError } from 'almanac/provider';
import { z } from 'zod';
import type { Entry } from './entry.js';

/** Keys are numbered, and the numbers change from one function to the next: what follows them is what counts. */
export const seriesSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

const rowSchema = z.record(z.string(), z.string());

/** The series of a JSON reply. `{}`, or facts about a series without the series, is nothing. */
export function readSeries(reply: z.output<typeof seriesSchema>, code: string, error: MakeError): readonly Entry[] {
  const named = findCell(reply['Meta Data'] ?? {}, 'Digital Currency Code');
  if (named !== undefined && named !== code) throw error('MALFORMED', `it was asked for ${code} and sent ${named}`);
  const key = Object.keys(reply).find((name) => /time series/i.test(name));
  if (key === undefined) {
    if (Object.keys(reply).every((name) => name === 'Meta Data')) return [];
    throw error('MALFORMED', 'it sent neither a series nor a reason');
  }
  return Object.entries(reply[key] ?? {}).map(([stamp, value]) => {
    const row = rowSchema.safeParse(value);
    if (!row.success) throw error('MALFORMED', `its row of ${stamp.slice(0, 20)} cannot be read`);
    const cell = (name: string) => findCell(row.data, name);
    return {
      stamp,
      open: cell('open'),
      high: cell('high'),
      low: cell('low'),
      close: cell('close'),
      volume: cell('volume'),
    };
  });
}

/** `1. open`; or `1a. open (EUR)`, in the market's money, beside `1b. open (USD)`. */
function findCell(row: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const wanted = new RegExp(`^\\d+a?\\. ${name}( \\([A-Z]+\\))?$`);
  const key = Object.keys(row).find((candidate) => wanted.test(candidate));
  return key === undefined ? undefined : String(row[key]);
}
