import { isProviderError } from '../../sources/provider-error.js';
import type { Verdict } from './hole-work.js';

export interface Failure extends Verdict {
  /** It will not fare better with the next hole. */
  readonly ends: boolean;
}

/** What a provider's error means for a hole; undefined for an error that is no provider's. */
export function judgeFailure(error: unknown, provider: string): Failure | undefined {
  if (!isProviderError(error)) return undefined;
  const { code, message, until } = error;
  switch (code) {
    case 'THROTTLED':
    case 'QUOTA': {
      return { kind: 'throttled', provider, reason: message, until, ends: true };
    }
    case 'OUT_OF_REACH':
    case 'UNSUPPORTED':
    case 'SYMBOL_UNKNOWN':
      return { kind: 'out-of-reach', provider, reason: message, ends: false };
    case 'MALFORMED':
      return { kind: 'failed', provider, reason: message, ends: false };
    default:
      return { kind: 'failed', provider, reason: message, ends: true };
  }
}
