import type { ErrorDetails, MakeError, Reply } from 'almanac/provider';

/** Longer successes are data: a refusal is one short object. */
const LONGEST_REFUSAL = 4096;

interface Refusal {
  readonly code?: number;
  readonly message: string;
}

/**
 * Refusals come in four dresses: the code at `.error.status`, at `.status`, at the top with its words at `.status`,
 * or only a text at `.error`; sometimes as bare text or a firewall's page; and now and then with status 200.
 */
export function judgeReply(reply: Reply, error: MakeError): undefined {
  const { status, text } = reply;
  const success = status >= 200 && status < 300;
  if (isFirewall(reply)) throw judgeFirewall(reply, error);
  if (success && (text.length > LONGEST_REFUSAL || !/^\s*(\{|Throttled)/.test(text))) return undefined;
  if (text.trim() === 'Throttled') throw throttled(reply, 'it says “Throttled”', error);
  const refusal = readRefusal(text);
  if (refusal !== undefined) throwRefusal(refusal, reply, error);
  return undefined;
}

/** `status` is sometimes an object and sometimes just the HTTP status again. */
function readRefusal(text: string): Refusal | undefined {
  const body = asObject(parse(text));
  const inner = asObject(asObject(body.error).status);
  for (const [code, words] of [
    [inner.error_code, inner.error_message],
    [asObject(body.status).error_code, asObject(body.status).error_message],
    [body.error_code, asObject(body.status).error_message ?? body.error_message],
  ]) {
    if (typeof code === 'number')
      return { code, message: typeof words === 'string' ? shorten(words) : `error ${code}` };
  }
  if (typeof body.error !== 'string') return undefined;
  const code = body.status;
  return { ...(typeof code === 'number' ? { code } : {}), message: shorten(body.error) };
}

function throwRefusal({ code, message }: Refusal, reply: Reply, error: MakeError): void {
  const details: ErrorDetails = { status: reply.status };
  const said = `it says “${message}”`;
  if (code === 429 || reply.status === 429) throw throttled(reply, said, error);
  if (code === 10012) {
    const suggestion = 'ask for the last 365 days, or set "plan": "pro" under providers.coingecko with a Pro key';
    throw error('OUT_OF_REACH', said, { ...details, suggestion });
  }
  if (code === 10005) {
    throw error('OUT_OF_REACH', said, { ...details, suggestion: 'this needs a Pro key and "plan": "pro"' });
  }
  if (code === 10002) {
    const suggestion = 'set COINGECKO_DEMO_API_KEY or COINGECKO_PRO_API_KEY, whichever kind the key is';
    throw error('AUTH', said, { ...details, suggestion });
  }
  if (code === 10010) {
    throw error('AUTH', said, {
      ...details,
      suggestion: 'this is a Pro key: set "plan": "pro" under providers.coingecko',
    });
  }
  if (code === 10011) {
    throw error('AUTH', said, {
      ...details,
      suggestion: 'this is a Demo key: set "plan": "demo" under providers.coingecko',
    });
  }
  if (/^coin not found$/i.test(message)) throw error('SYMBOL_UNKNOWN', said, details);
  // Any other failure keeps the meaning of its own status; dressed as a success it has none, and must not pass for data.
  if (reply.status >= 200 && reply.status < 300) {
    throw error(code !== undefined && code >= 500 && code < 600 ? 'UNAVAILABLE' : 'MALFORMED', said, details);
  }
}

function throttled({ status, headers }: Reply, said: string, error: MakeError): Error {
  const seconds = headers['retry-after'] ?? '';
  const wait = /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : 60_000;
  return error('THROTTLED', said, { status, retryAfterMs: wait });
}

/** The same firewall shuts out for good and for minutes (its error 1015), in pages that look alike: the status tells which. */
function judgeFirewall(reply: Reply, error: MakeError): Error {
  const { url, status } = reply;
  if (status === 429) return throttled(reply, `the firewall of ${url.host} refuses more requests for now`, error);
  return error('BLOCKED', `${url.host} shut its firewall on this address`, { status });
}

function isFirewall({ status, headers, text }: Reply): boolean {
  if (headers['cf-mitigated'] === 'challenge') return true;
  const head = text.slice(0, LONGEST_REFUSAL);
  if (!/^\s*</.test(head)) return status === 403 && /error code: 10\d\d/.test(head);
  return (
    /cloudflare/i.test(head) && /attention required|just a moment|access denied|error 10\d\d|been blocked/i.test(head)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
