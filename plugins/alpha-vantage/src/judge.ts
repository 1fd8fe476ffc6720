import type { MakeError, Reply } from 'almanac/provider';
import { z } from 'zod';
import { nextMidnight } from './new-york.js';

const refusalSchema = z.object({
  'Error Message': z.string().optional(),
  Information: z.string().optional(),
  Note: z.string().optional(),
});

const PREMIUM = { suggestion: 'set "plan" to the plan you pay for, or take another provider' };
const KEY = { suggestion: 'set ALPHA_VANTAGE_KEY; a key is free at https://www.alphavantage.co/support/#api-key' };

/**
 * Every refusal comes with status 200, as JSON even where CSV was asked. None is repeated word for word: the daily
 * one names the key. The order matters, because the one about bursts speaks of premium plans and days as well.
 */
export function judge({ text }: Pick<Reply, 'text'>, error: MakeError): undefined {
  // A table ends with a line's end; one that does not has been cut, and is worth another try.
  if (/^(timestamp|time),/.test(text) && !text.endsWith('\n')) throw error('UNAVAILABLE', 'its reply was cut');
  const refusal = readRefusal(text);
  if (refusal === undefined) return undefined;
  const { 'Error Message': mistake, Information: information, Note: note } = refusal;
  if (mistake !== undefined) judgeMistake(mistake, error);
  const notice = information ?? note;
  if (notice !== undefined) judgeNotice(notice, error);
  return undefined;
}

function judgeMistake(text: string, error: MakeError): never {
  if (/apikey|api key/i.test(text)) throw error('AUTH', 'it does not know the key', KEY);
  if (/function .* does not exist/i.test(text)) {
    throw error('MALFORMED', 'it has no such function any more');
  }
  if (/invalid api call/i.test(text)) {
    throw error('SYMBOL_UNKNOWN', 'it has no such symbol, or nothing of it for this request');
  }
  throw error('MALFORMED', 'it refuses the request with a message that is not known');
}

function judgeNotice(text: string, error: MakeError): never {
  if (/sparingly|per second/i.test(text)) {
    throw error('THROTTLED', 'it allows one request a second on the free plan', { retryAfterMs: 1500 });
  }
  if (/\bis a premium (endpoint|feature)/i.test(text)) {
    throw error('OUT_OF_REACH', 'it gives this on its premium plans only', PREMIUM);
  }
  if (/\bdemo\b.*api key/i.test(text)) {
    throw error('AUTH', 'its demo key is for its own examples only', KEY);
  }
  if (/per minute/i.test(text)) {
    throw error('THROTTLED', 'it allows only so many requests a minute', { retryAfterMs: 60_000 });
  }
  if (/per day|daily/i.test(text)) {
    const until = nextMidnight(Date.now());
    throw error('QUOTA', 'the requests of today are used up', { until });
  }
  if (/api key/i.test(text) && /invalid|not valid|missing/i.test(text)) {
    throw error('AUTH', 'it does not accept the key', KEY);
  }
  // Whatever it says, it says it in place of data: so far that has always meant too many requests.
  throw error('THROTTLED', 'it answers with a notice instead of data', { retryAfterMs: 60_000 });
}

/** Refusals are short; a series is not looked into. */
function readRefusal(text: string) {
  if (text.length > 10_000 || !/^\s*\{/.test(text)) return undefined;
  try {
    return refusalSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
