import type { MakeError } from 'almanac/provider';

/** They count a connection's calls of the last minute, and say nothing of when it may go on. */
const RATE_PAUSE = 60_000;
const LOGIN = { suggestion: 'check the settings providers.deriv.appId and providers.deriv.token' };

/** Refusals are answers like any other, with an `error` in place of the data. */
export function judgeAnswer(answer: unknown, error: MakeError): Error | undefined {
  const refusal = readRefusal(answer);
  if (refusal === undefined) return undefined;
  const { code, message, about } = refusal;
  const said = `${message} (${code})`;
  switch (code) {
    case 'InvalidSymbol':
      return error('SYMBOL_UNKNOWN', said);
    case 'RateLimit':
      return error('THROTTLED', said, { retryAfterMs: RATE_PAUSE });
    case 'InvalidToken':
    case 'AuthorizationRequired':
    case 'InvalidAppID':
    case 'Unauthorized':
      return error('AUTH', said, LOGIN);
    case 'WrongResponse':
    case 'InternalError':
    // Only said to those who subscribe, which is never done here; it passes.
    case 'MarketIsClosed':
      return error('UNAVAILABLE', said);
    case 'StreamingNotAllowed':
      return error('OUT_OF_REACH', said);
    case 'InputValidationFailed':
    case 'ValidationError':
      if (about.includes('granularity')) return error('UNSUPPORTED', said);
      return about.includes('ticks_history') ? error('SYMBOL_UNKNOWN', said) : error('MALFORMED', said);
    default:
      return error('MALFORMED', said);
  }
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Where it tells which field was wrong: in words, or as a name. */
  readonly about: string;
}

function readRefusal(answer: unknown): Refusal | undefined {
  const error = read(answer, 'error');
  if (error === undefined || error === null) return undefined;
  const code = text(read(error, 'code')) || 'no code';
  const message = text(read(error, 'message')) || 'it refuses without a word';
  const details = read(error, 'details');
  const fields = typeof details === 'object' && details !== null ? Object.keys(details).join(' ') : '';
  return { code: code.slice(0, 60), message: message.slice(0, 200), about: `${fields} ${message}` };
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
