import type { MakeError } from '../../../provider/index.js';

export interface Judged {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string;
}

const NINETY_SECONDS = 90_000;
/** A ban whose end nobody stated: long enough to be out of the way, short enough to be tried again today. */
const UNSTATED_BAN = 10 * 60_000;

/** What a status means where the provider itself had nothing to say about the reply; undefined for a success. */
export function judgeStatus({ status, headers, host }: Judged, error: MakeError, now: number): Error | undefined {
  if (status >= 200 && status < 300) return undefined;
  const wait = readRetryAfter(headers['retry-after'], now);
  const said = `${host} answered ${status}`;
  if (status === 429) {
    return error('THROTTLED', `${said}: too many requests`, { status, retryAfterMs: wait ?? NINETY_SECONDS / 3 });
  }
  if (status === 418) {
    return error('THROTTLED', `${said}: this address is banned for a while`, {
      status,
      retryAfterMs: wait ?? UNSTATED_BAN,
    });
  }
  if (status === 401 || status === 407) return error('AUTH', `${said}: the key is missing or not accepted`, { status });
  if (status === 403 || status === 451)
    return error('BLOCKED', `${said}: this address or country is refused`, { status });
  if (status === 404) return error('SYMBOL_UNKNOWN', `${said}: there is no such thing`, { status });
  if (status === 408 || status === 425 || status >= 500) {
    return error('UNAVAILABLE', `${said}: it cannot answer now`, {
      status,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  if (status >= 300 && status < 400)
    return error('MALFORMED', `${said}: a redirect to another place is not followed`, { status });
  return error('MALFORMED', `${said} to a request it should have understood`, { status });
}

const LONGEST_WAIT = 7 * 24 * 60 * 60_000;

/** Seconds or an HTTP date; nonsense and the past are no answer, and ten years are cut to a week. */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const wait = /^\s*\d{1,12}\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (!Number.isFinite(wait) || wait < 0) return undefined;
  return Math.min(wait, LONGEST_WAIT);
}
