/** A refusal in one of the envelopes they wrap theirs in. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
  }
}

const PRICING = 'https://www.coingecko.com/en/api/pricing';

export const coinNotFound = (): Refusal => new Refusal(404, { error: 'coin not found' });

export const missing = (parameter: string): Refusal => new Refusal(422, { error: `Missing parameter ${parameter}` });

export const invalid = (what: string): Refusal => new Refusal(400, { error: what });

export const brokenInside = (): Refusal => new Refusal(500, { status: 500, error: 'Internal Server Error' });

export function tooMany(retryAfter: number, manner: 'status' | 'ok' | 'text'): Refusal {
  const headers = { 'retry-after': String(retryAfter) };
  if (manner === 'text') return new Refusal(429, 'Throttled', headers);
  const message = `You've exceeded the Rate Limit. Please visit ${PRICING} to subscribe to our API plans for higher rate limits.`;
  return new Refusal(manner === 'ok' ? 200 : 429, { status: { error_code: 429, error_message: message } }, headers);
}

export function tooOld(now: number): Refusal {
  return new Refusal(401, {
    error: {
      status: {
        timestamp: stamp(now),
        error_code: 10012,
        error_message: `Your request exceeds the allowed time range. Public API users are limited to querying historical data within the past 365 days. Upgrade to a paid plan to enjoy full historical data access: ${PRICING}. `,
      },
    },
  });
}

export function keyMissing(now: number): Refusal {
  return new Refusal(401, {
    status: {
      timestamp: stamp(now),
      error_code: 10002,
      error_message:
        "API Key Missing. Please make sure you're using the right authentication method. For Pro API, please visit: https://docs.coingecko.com/reference/authentication. For Public/Demo API, please visit: https://docs.coingecko.com/v3.0.1/reference/authentication",
    },
  });
}

export function proOnly(): Refusal {
  const message = `This request is limited to PRO API subscribers. Please visit ${PRICING} to subscribe to our API plans to access exclusive endpoints.`;
  return new Refusal(401, { status: { error_code: 10005, error_message: message } });
}

export function wrongHost(now: number, code: 10010 | 10011): Refusal {
  const [kind, from, to] =
    code === 10010
      ? ['Pro', 'api.coingecko.com', 'pro-api.coingecko.com']
      : ['Demo', 'pro-api.coingecko.com', 'api.coingecko.com'];
  const message = `If you are using ${kind} API key, please change your root URL from ${from} to ${to}`;
  return new Refusal(400, { timestamp: stamp(now), error_code: code, status: { error_message: message } });
}

function stamp(now: number): string {
  return new Date(now).toISOString().replace('Z', '+00:00');
}
