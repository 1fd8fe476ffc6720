import { AlmanacError } from '../market/almanac-error.js';
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
    super(code, message, { suggestions, cause: details.cause });
    this.provider = provider;
    this.status = details.status;
    this.until = details.until ?? (details.retryAfterMs === undefined ? undefined : Date.now() + details.retryAfterMs);
    this.transient = details.transient ?? (code === 'UNAVAILABLE' || code === 'THROTTLED');
  }
}

/** The host alone says so of other codes: a reply that may only have been cut. */
export interface Transience {
  readonly transient?: boolean;
}

export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof ProviderError;
}
