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
    const { suggestion, ...rest } = details;
    return new ProviderError(id, code, redact(`${title}: ${message}`), {
      ...rest,
      ...(suggestion === undefined ? {} : { suggestion: redact(suggestion) }),
    });
  };
}
