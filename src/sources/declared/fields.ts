import { z } from 'zod';
import { TIMEFRAMES } from '../../market/timeframe.js';
import { findUrlFault } from './check-url.js';
import { findPointerFault } from './pointer.js';
import { ECHO_VARIABLES, findFormFault, findTemplateFault, REQUEST_VARIABLES, SYMBOL_VARIABLES } from './template.js';

/** Names that would say to whom a request goes, or how long it is: the host's own. */
const TAKEN_HEADERS = /^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|accept-encoding|cookie)$/i;

/** A text checked by a function that answers what is wrong with it, as it continues a sentence. */
const checked = (find: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const fault = find(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });
export const matching = (pattern: RegExp, message: string) => z.string().regex(pattern, message);
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
export const whole = (least: number, most: number) =>
  z
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be a whole number from ${least} to ${most}`)
    .max(most, `must be a whole number from ${least} to ${most}`);

export const line = matching(/^[^\p{C}]{1,80}$/u, 'must be one line of at most 80 characters');
export const webPage = matching(
  /^https:\/\/[^\s\p{C}]{1,300}$/u,
  'must be an address such as https://example.com/docs',
);
export const pointer = checked((text) => findPointerFault(text));
export const requestTemplate = checked((text) => findTemplateFault(text, REQUEST_VARIABLES));
export const symbolTemplate = checked((text) => findTemplateFault(text, SYMBOL_VARIABLES));
export const echo = checked((text) => findTemplateFault(text, ECHO_VARIABLES));
export const form = checked((text) => findFormFault(text));
/** Asterisks are all there is; few of them, so that no pattern takes long. */
export const glob = matching(/^[^\p{C}]{1,200}$/u, 'must be a text in which * stands for anything').refine(
  (text) => text.split('*').length <= 4,
  'may have three asterisks at most',
);
export const token = (most: number) =>
  matching(new RegExp(`^[A-Za-z0-9]{1,${most}}$`), `must be 1 to ${most} letters and digits`);
export const headerName = matching(/^[A-Za-z0-9-]{1,64}$/, 'must be a header’s name, such as X-Api-Key').refine(
  (name) => !TAKEN_HEADERS.test(name),
  'is a header that Almanac sets itself; leave it out',
);
export const queryName = matching(/^[A-Za-z0-9_.[\]-]{1,64}$/, 'must be a parameter’s name, such as api_key');
export const instant = z
  .string()
  .refine(
    (text) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) && !Number.isNaN(Date.parse(text)),
    'must be a date such as 2015-01-31',
  );
export const timeframe = oneOf(TIMEFRAMES.filter((name) => name !== 'ticks') as [string, ...string[]]);
export const cell = z.union([z.number().int().min(0).max(99), pointer], {
  error: 'must be a place in the row: an index such as 0, or a pointer such as /open',
});
export const baseUrl = checked((text) => findUrlFault(text));
const ZONE = 'must be a zone such as America/New_York';
export const zone = matching(/^[A-Za-z0-9_+/-]{1,64}$/, ZONE).refine(isZone, { error: ZONE });

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
