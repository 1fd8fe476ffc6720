/** Every failure Almanac expects has one of these codes; `src/cli/exit-codes.ts` turns a code into an exit status. */
export type ErrorCode =
  | 'USAGE'
  | 'CONFIG_INVALID'
  | 'SYMBOL_REFUSED'
  | 'TIMEFRAME_UNKNOWN'
  | 'DATE_INVALID'
  | 'NO_DATA'
  | 'FILE_UNREADABLE'
  | 'FILE_EXISTS'
  | 'STORE_UNUSABLE'
  | 'STORE_LOCKED'
  | 'STORE_DAMAGED'
  | 'STORE_NEWER'
  | 'STORE_FULL'
  | 'STORE_CONFLICT'
  | 'SHRINK_REFUSED'
  | 'BARS_INVALID'
  // What a provider says, or what the host found out about it; `src/provider/errors.ts` has their meaning.
  | 'SYMBOL_UNKNOWN'
  | 'UNSUPPORTED'
  | 'OUT_OF_REACH'
  | 'THROTTLED'
  | 'QUOTA'
  | 'AUTH'
  | 'BLOCKED'
  | 'UNAVAILABLE'
  | 'MALFORMED'
  | 'PROVIDER_UNKNOWN'
  | 'PROVIDER_INVALID'
  | 'PLUGIN_REFUSED';

export interface AlmanacErrorDetails {
  readonly suggestions?: readonly string[];
  readonly cause?: unknown;
}

/** An expected failure: what failed and where in `message`, what to type next in `suggestions`. Branch on `code`. */
export class AlmanacError extends Error {
  override readonly name: string = 'AlmanacError';
  readonly code: ErrorCode;
  readonly suggestions: readonly string[];

  constructor(code: ErrorCode, message: string, details: AlmanacErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.suggestions = details.suggestions ?? [];
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
