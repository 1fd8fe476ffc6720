import { AlmanacError } from '../market/almanac-error.js';
import { formatInstant } from '../market/instant.js';
import type { ErrorDetails, ProviderErrorCode } from '../provider/index.js';

/** What a provider said went wrong, or the host found: `code` decides what happens next. */
export class ProviderError extends AlmanacError {
  override readonly name = 'ProviderError';
  declare readonly code: ProviderErrorCode;
  readonly provider: string;
  /** When it may be asked again, ms by the real clock. */
  readonly until: number | undefined;
  readonly status: number | undefined;
  /** Whether the same request may fare better in a moment. */
  readonly transient: boolean;

  constructor(provider: string, code: ProviderErrorCode, message: string, details: ErrorDetails & Transience = {}) {
    const suggestions = details.suggestion === undefined ? [] : [details.suggestion];
    const until = details.until ?? (details.retryAfterMs === undefined ? undefined : Date.now() + details.retryAfterMs);
    super(code, `${message}${comeBack(until, message)}`, { suggestions, cause: details.cause });
    this.provider = provider;
    this.status = details.status;
    this.until = until;
    this.transient = details.transient ?? (code === 'UNAVAILABLE' || code === 'THROTTLED');
  }
}

/** What is waited out here and now is nobody's business; a longer wait is the person's to plan by. */
const LONG_MS = 60_000;

function comeBack(until: number | undefined, message: string): string {
  if (until === undefined || until - Date.now() <= LONG_MS) return '';
  const instant = formatInstant(Math.ceil(until / 1000) * 1000);
  return message.includes(instant.slice(0, 16)) ? '' : `; it may be asked again at ${instant}`;
}

/** The host alone says so of other codes: a reply that may only have been cut. */
export interface Transience {
  readonly transient?: boolean;
}

export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof ProviderError;
}
