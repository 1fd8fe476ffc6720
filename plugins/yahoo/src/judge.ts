import type { MakeError, Reply } from 'almanac/provider';
import { z } from 'zod';

/** yahoo-finance2 keeps the sentence of a refusal and loses the status; here both are at hand. */
export function judge(
  { status, headers, text }: Pick<Reply, 'status' | 'headers' | 'text'>,
  error: MakeError,
): undefined {
  // Refused by address, for minutes to hours, as text; 999 is how it said so in earlier years.
  const isRefused = status === 429 || status === 999 || /^\s*(Edge: )?Too Many Requests/i.test(text);
  if (isRefused) {
    // Where it says how long, the host has read it.
    if (status === 429 && headers['retry-after'] !== undefined) return undefined;
    throw error('THROTTLED', 'it refuses more requests from this address for now', { status, retryAfterMs: 60_000 });
  }
  if (status === 401 || status === 403) return undefined;
  const envelope = readEnvelope(text);
  if (envelope?.error) judgeRefusal(envelope.error, status, error);
  if (status >= 200 && status < 300) judgeForm(text, status, error);
  if (envelope !== undefined && (envelope.result ?? []).length === 0) {
    throw error('UNAVAILABLE', 'it answered with neither data nor an error', { status });
  }
  return undefined;
}

const refusalSchema = z
  .object({ code: z.string().catch(''), description: z.string().nullish() })
  .transform(({ code, description }) => ({
    code: code.slice(0, 100),
    description: (description ?? code).slice(0, 300),
  }));
/** `chart` holds the answer; what stands before Yahoo's charts may call it `finance`. */
const envelopeSchema = z.record(
  z.string(),
  z.object({ result: z.array(z.unknown()).nullish(), error: refusalSchema.nullish() }),
);
type Refusal = z.output<typeof refusalSchema>;

function judgeRefusal({ code, description }: Refusal, status: number, error: MakeError): void {
  if (/data not available|must be within the last|worth of .* granularity|Data doesn't exist/i.test(description)) {
    throw error('OUT_OF_REACH', `it does not reach there: ${description}`, { status });
  }
  if (code === 'Not Found' || /no data found|may be delisted/i.test(description)) {
    throw error('SYMBOL_UNKNOWN', 'it has no such symbol, or has removed it with its history', { status });
  }
  if (/too many requests/i.test(code + description)) {
    throw error('THROTTLED', 'it refuses more requests from this address for now', { status, retryAfterMs: 60_000 });
  }
  if (status >= 500 || /internal|unavailable|timeout/i.test(code)) {
    throw error('UNAVAILABLE', `it cannot answer now: ${description}`, { status });
  }
  throw error('MALFORMED', `it does not understand the request: ${description}`, { status });
}

/** Bodies with data are long, and are not looked into. */
function readEnvelope(text: string) {
  if (text.length > 10_000 || !/^\s*\{/.test(text)) return undefined;
  try {
    return Object.values(envelopeSchema.parse(JSON.parse(text)))[0];
  } catch {
    return undefined;
  }
}

/** What is no whole JSON may fare better at another try. */
function judgeForm(text: string, status: number, error: MakeError): void {
  if (/^\s*</.test(text)) throw error('UNAVAILABLE', 'it answered with a web page instead of data', { status });
  if (!text.trimEnd().endsWith('}')) throw error('UNAVAILABLE', 'its reply was cut', { status });
}
