/** What a provider may say went wrong. The host acts on the code: wait, retry, take the next provider, or stop. */
export type ProviderErrorCode =
  /** It has no such symbol, on this market, at all. */
  | 'SYMBOL_UNKNOWN'
  /** It never offers this: a timeframe, an asset class, a combination. */
  | 'UNSUPPORTED'
  /** It has the symbol, but not that far back, or not on this plan. */
  | 'OUT_OF_REACH'
  /** Too many requests just now; `until` or `retryAfterMs` says when it may go on. */
  | 'THROTTLED'
  /** The day's (or month's) allowance is used up, `until` then. */
  | 'QUOTA'
  /** The key is absent, wrong or without the right. */
  | 'AUTH'
  /** This address or country is refused: a firewall, a geo-block. */
  | 'BLOCKED'
  /** It does not answer, or answers that it cannot now. */
  | 'UNAVAILABLE'
  /** It answered what cannot be true, or cannot be read. */
  | 'MALFORMED';

export interface ErrorDetails {
  /** When it may be asked again: an instant in milliseconds, by the real clock. */
  readonly until?: number;
  readonly retryAfterMs?: number;
  readonly status?: number;
  /** A pasteable thing to do about it. */
  readonly suggestion?: string;
  readonly cause?: unknown;
}
