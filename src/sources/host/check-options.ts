import { AlmanacError } from '../../market/almanac-error.js';
import type { AnyProvider } from '../../provider/index.js';

/** The provider's options by its own schema; what is wrong is told by the name it has in a settings file. */
export async function checkOptions(provider: AnyProvider, given: unknown): Promise<unknown> {
  const result = await provider.options['~standard'].validate(given);
  if (result.issues === undefined) return result.value;
  const [issue] = result.issues;
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const key = ['providers', provider.id, ...path].join('.');
  throw new AlmanacError('CONFIG_INVALID', `${key}: ${issue?.message ?? 'is not as the provider wants it'}`, {
    suggestions: [`almanac providers info ${provider.id}`],
  });
}
