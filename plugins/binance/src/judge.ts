import type { ErrorDetails, MakeError, Reply, Usage } from 'almanac/provider';

const API = /\/(api|fapi|dapi)\/v\d+\/[^/]+$/;
const POOLS: Readonly<Record<string, string>> = { api: 'spot', fapi: 'um', dapi: 'cm' };
/** Every refusal begins so, whatever its status; a reply that is data never does. */
const REFUSAL = /^\s*\{\s*"code"\s*:\s*-?\d+\s*[,}]/;
const HALF_A_WINDOW = 30_000;
const SHORTEST_BAN = 2 * 60_000;
const LONGEST_BAN = 3 * 24 * 3_600_000;

/** Reads the refusals of the API, in every dress, and what its headers say of the weight used. */
export function judge(reply: Reply, error: MakeError): Usage | undefined {
  const api = API.exec(reply.url.pathname)?.[1];
  if (api === undefined) return undefined;
  const refusal = readRefusal(reply.text);
  if (refusal !== undefined) throwRefusal(reply, refusal, error);
  const details = { status: reply.status };
  if (reply.status === 418 || reply.status === 429) throw error('THROTTLED', 'it asks to wait', whenAgain(reply, ''));
  if (reply.status === 451) throw blockedCountry(reply, error);
  if (reply.status === 403) throw error('BLOCKED', 'its firewall refuses this address', details);
  if (reply.status === 404) {
    const suggestion = `check the address: ${reply.url.origin} does not speak Binance's API there`;
    throw error('MALFORMED', `there is no ${reply.url.pathname} at ${reply.url.host}`, { ...details, suggestion });
  }
  const used = Number(reply.headers['x-mbx-used-weight-1m'] ?? Number.NaN);
  return Number.isSafeInteger(used) && used >= 0 ? { pool: POOLS[api] as string, used: { weight: used } } : undefined;
}

interface Refusal {
  readonly code: number;
  readonly message: string;
}

function readRefusal(text: string): Refusal | undefined {
  if (!REFUSAL.test(text)) return undefined;
  try {
    const { code, msg } = JSON.parse(text) as { code: number; msg?: unknown };
    return { code, message: typeof msg === 'string' ? msg.slice(0, 300) : 'without a word' };
  } catch {
    return undefined;
  }
}

function throwRefusal(reply: Reply, { code, message }: Refusal, error: MakeError): void {
  const details = { status: reply.status };
  const said = `it says “${message}” (${code})`;
  if (code === -1003 || reply.status === 429 || reply.status === 418)
    throw error('THROTTLED', said, whenAgain(reply, message));
  if (reply.status === 451) throw blockedCountry(reply, error);
  if (code === -1121) throw error('SYMBOL_UNKNOWN', said, details);
  if (code === -1100 && message.includes("'symbol'")) throw error('SYMBOL_UNKNOWN', said, details);
  if (code === -1120) throw error('UNSUPPORTED', said, details);
  if (code === -1000 || code === -1001 || code === -1006 || code === -1007 || code === -1008 || code === -1016)
    throw error('UNAVAILABLE', said, details);
  // With any other status than these a code nobody has met says less than the status, which the host knows.
  if (reply.status <= 400 && code < 0) throw error('MALFORMED', said, details);
}

/**
 * `Retry-After` in seconds or as a date, and where it is missing the end of the ban as its message has it. Nonsense is
 * not believed; a ban lasts three days at most, so ten years are not either.
 */
function whenAgain({ status, headers }: Reply, message: string): ErrorDetails {
  const header = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(header)) return { status, retryAfterMs: Math.min(Number(header) * 1000, LONGEST_BAN) };
  const date = /[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  const until = Number.isNaN(date) ? Number(/banned until (\d{13})\b/.exec(message)?.[1] ?? Number.NaN) : date;
  const served = Date.parse(headers.date ?? '');
  const latest = Number.isNaN(served) ? Number.POSITIVE_INFINITY : served + LONGEST_BAN;
  if (!Number.isNaN(until)) return { status, until: Math.min(until, latest) };
  return { status, retryAfterMs: status === 418 ? SHORTEST_BAN : HALF_A_WINDOW };
}

function blockedCountry(reply: Reply, error: MakeError): Error {
  const spot = reply.url.pathname.includes('/api/');
  const suggestion = spot
    ? 'set providers.binance.restUrl to https://data-api.binance.vision: public data, served where trading is not'
    : 'the archive serves futures everywhere; leave out --no-archive';
  return error('BLOCKED', 'it does not serve this country', { status: reply.status, suggestion });
}
