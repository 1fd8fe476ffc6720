import type { ProviderErrorCode } from '../provider/index.js';

const CODES: Readonly<Record<ProviderErrorCode, true>> = {
  SYMBOL_UNKNOWN: true,
  UNSUPPORTED: true,
  OUT_OF_REACH: true,
  THROTTLED: true,
  QUOTA: true,
  AUTH: true,
  BLOCKED: true,
  UNAVAILABLE: true,
  MALFORMED: true,
};

/** The code of an error that a provider may throw; undefined for a bare TypeError and its like. */
export function codeOf(error: unknown): ProviderErrorCode | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && Object.hasOwn(CODES, code) ? (code as ProviderErrorCode) : undefined;
}
