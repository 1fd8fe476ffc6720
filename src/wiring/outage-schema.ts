import { z } from 'zod';
import { AlmanacError } from '../market/almanac-error.js';
import type { OutageRegister } from '../market/outages.js';

const words = z.string().trim().min(1, 'must not be empty');
const instant = z.iso.datetime({ error: 'must be an instant in UTC such as 2018-02-08T00:28:15Z' });

const outage = z
  .strictObject({
    provider: words,
    market: words.optional(),
    symbols: z.array(words).min(1, 'must name at least one').optional(),
    from: instant,
    to: instant,
    what: words,
    source: words,
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { error: 'must end after it begins', path: ['to'] });

const register = z.strictObject({ outages: z.array(outage) });

export function parseOutages(text: string, file: string): OutageRegister {
  const parsed = register.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the whole file';
  throw new AlmanacError('CONFIG_INVALID', `the register of outages ${file}: ${where}: ${issue?.message}`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
