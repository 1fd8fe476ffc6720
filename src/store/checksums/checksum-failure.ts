import { z } from 'zod';
import { parseSymbol } from '../../market/symbol.js';
import { TIMEFRAMES } from '../../market/timeframe.js';

/**
 * What became of the file. `fell_back`: nothing of it was taken. `proceeded`: stored because the person said so.
 * `missing_checksum`: stored, and its provider has no checksum for it. `retried_…`: what fetching it again brought.
 */
export const ACTIONS = ['fell_back', 'proceeded', 'missing_checksum', 'retried_success', 'retried_failed'] as const;
export type Action = (typeof ACTIONS)[number];

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/);
const word = z.string().min(1).max(128);
const checksum = z.string().max(128);

/** One file; a file that fails again changes its entry. The names are the format: people have scripts that read them. */
export const checksumFailure = z.looseObject({
  symbol: word.refine(isSymbol),
  interval: z.enum(TIMEFRAMES),
  /** The file's period: `2024-01` or `2024-01-05`. */
  date: z
    .string()
    .regex(/^\d{4}-\d\d(-\d\d)?$/)
    .refine((date) => !Number.isNaN(Date.parse(date))),
  market: word.optional(),
  provider: word,
  via: z.enum(['archive-month', 'archive-day']),
  /** Empty where the provider has none, or none that can be read. */
  expected_checksum: checksum,
  actual_checksum: checksum,
  /** Of files whose bars were stored unproved: what the bars' provenance says. */
  stored_checksums: z.array(checksum).max(16).optional(),
  timestamp: instant,
  first_seen: instant,
  /** How often it failed. */
  count: z.int().min(1),
  action_taken: z.enum(ACTIONS),
  url: z.string().max(2000),
  etag: z.string().max(256).optional(),
});

export type ChecksumFailure = Readonly<z.infer<typeof checksumFailure>>;

/** One file has one entry. */
export function failureKey({ provider, symbol, interval, date }: ChecksumFailure): string {
  return [provider, symbol, interval, date].join(' ');
}

function isSymbol(text: string): boolean {
  try {
    return parseSymbol(text).symbol === text;
  } catch {
    return false;
  }
}
