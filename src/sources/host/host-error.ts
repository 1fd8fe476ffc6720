import type { ErrorDetails, ProviderErrorCode } from '../../provider/index.js';
import type { Redact } from '../../settings/redactor.js';
import { ProviderError, type Transience } from '../provider-error.js';

export type MakeHostError = (
  code: ProviderErrorCode,
  message: string,
  details?: ErrorDetails & Transience,
) => ProviderError;

/** Errors that name their provider, with every secret taken out before anybody sees or shortens them. */
export function createErrors(id: string, title: string, redact: Redact): MakeHostError {
  return (code, message, details = {}) => {
    const { suggestion, cause, ...rest } = details;
    return new ProviderError(id, code, redact(`${title}: ${message}`), {
      ...rest,
      ...(cause === undefined ? {} : { cause: redactCause(cause, redact) }),
      ...(suggestion === undefined ? {} : { suggestion: redact(suggestion) }),
    });
  };
}

/** What is left of a cause: its words and its stack, redacted. Errors of libraries carry whole requests, keys included. */
function redactCause(cause: unknown, redact: Redact): unknown {
  if (cause instanceof ProviderError) return cause;
  if (!(cause instanceof Error)) return redact(String(cause));
  const { name, message, stack, code } = cause as Error & { readonly code?: unknown };
  const plain = Object.assign(new Error(redact(message)), { name }, typeof code === 'string' ? { code } : {});
  if (stack !== undefined) plain.stack = redact(stack);
  return plain;
}
