import { AlmanacError } from '../../market/almanac-error.js';
import type { PreparedProvider } from './prepare-provider.js';
import { missingKey, suggestKey } from './read-keys.js';

export type ReadyProvider = PreparedProvider & { readonly ready: true };

/** A provider that can be asked now, or an error that says what it lacks and what to type. */
export function requireReady(prepared: PreparedProvider): ReadyProvider {
  const { id } = prepared.provider;
  const missing = missingKey(prepared.keys);
  if (missing !== undefined)
    throw new AlmanacError('AUTH', `${id} needs a key`, { suggestions: [suggestKey(missing)] });
  if (prepared.ready) return prepared;
  const suggestions = prepared.suggestion === undefined ? [] : [prepared.suggestion];
  throw new AlmanacError('CONFIG_INVALID', `${id} cannot be used: ${prepared.problem}`, { suggestions });
}
