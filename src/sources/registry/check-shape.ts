import { z } from 'zod';
import { TIMEFRAMES } from '../../market/timeframe.js';
import type { AnyProvider } from '../../provider/index.js';

const method = z.custom((value) => typeof value === 'function', 'must be a function');
/** One line that a person can read: it goes into tables. */
const line = z.string().regex(/^[^\p{C}]{1,80}$/u, 'must be one line of at most 80 characters');
const date = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date');

const shape = z.object({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower case with dashes'),
  title: line,
  site: z.url().optional(),
  options: z.custom((value) => isStandardSchema(value), 'must be a Standard Schema, as zod makes them'),
  credentials: z
    .array(
      z.object({
        option: z.string().min(1),
        env: z.array(z.string().min(1)),
        required: z.boolean(),
        url: z.url().optional(),
      }),
    )
    .optional(),
  capabilities: method,
  instrument: method,
  bars: method,
  judge: method.optional(),
  instruments: method.optional(),
  firstBar: method.optional(),
  probe: method.optional(),
  archive: z.object({ files: method, read: method, list: method.optional() }).optional(),
  routes: z
    .array(z.object({ match: z.string().min(1), timeframes: z.array(z.enum(TIMEFRAMES)).optional() }))
    .optional(),
  samples: z.object({
    known: z.object({ symbol: z.string().min(1), timeframe: z.enum(TIMEFRAMES), start: date, end: date }),
    unknown: z.string().min(1),
  }),
});

function isStandardSchema(value: unknown): boolean {
  const standard = (value as { '~standard'?: { validate?: unknown } } | null | undefined)?.['~standard'];
  return typeof standard?.validate === 'function';
}

/**
 * What keeps a value from being a provider of this contract, or nothing. The value itself is used afterwards, never
 * a parsed copy: a provider may be an instance of a class.
 */
export function findShapeFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'what it exports is not an object';
  const { api } = value as { api?: unknown };
  if (api !== 1) {
    const spoken = typeof api === 'number' ? `version ${api}` : 'no version';
    return `it speaks ${spoken} of the contract with providers, and this Almanac speaks version 1`;
  }
  const result = shape.safeParse(value);
  if (result.success) return undefined;
  return result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}

/** Only for naming what is refused: nothing else of it is believed. */
export function nameOf(value: unknown): string | undefined {
  const id = (value as Partial<AnyProvider> | null | undefined)?.id;
  return typeof id === 'string' && /^[\w.@/-]{1,80}$/.test(id) ? id : undefined;
}
