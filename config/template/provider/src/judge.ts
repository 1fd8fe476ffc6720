import type { MakeError, ProviderErrorCode, Reply, Usage } from 'almanac/provider';

/** Their words for what went wrong; they may come with status 200. */
const CODES: Readonly<Record<string, ProviderErrorCode>> = {
  unknown_symbol: 'SYMBOL_UNKNOWN',
  unknown_interval: 'UNSUPPORTED',
  rate_limited: 'THROTTLED',
  bad_key: 'AUTH',
  maintenance: 'UNAVAILABLE',
};

/** Sees every reply before anybody uses it. Plain statuses (401, 429, 5xx …) are judged by the host. */
export function judge(reply: Reply, error: MakeError): Usage | undefined {
  const refusal = readRefusal(reply.text);
  const code = refusal === undefined ? undefined : CODES[refusal.code];
  if (refusal !== undefined && code !== undefined) {
    throw error(code, refusal.message, { status: reply.status });
  }
  const used = Number(reply.headers['x-ratelimit-used'] ?? Number.NaN);
  return Number.isInteger(used) ? { used: { minute: used } } : undefined;
}

function readRefusal(text: string): { readonly code: string; readonly message: string } | undefined {
  if (!text.startsWith('{"error"')) return undefined;
  try {
    const { code, message } = JSON.parse(text).error;
    return typeof code === 'string' ? { code, message: String(message) } : undefined;
  } catch {
    return undefined;
  }
}
