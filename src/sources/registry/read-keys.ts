import type { AnyProvider, Credential } from '../../provider/index.js';
import { DEFAULTS } from '../../settings/defaults.js';
import type { LoadedSettings } from '../../settings/settings.js';

/** One credential of a provider and whether there is one: never what it is. */
export interface Key extends Credential {
  readonly set: boolean;
  /** The variable or the file that set it. */
  readonly from?: string;
}

type Options = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A provider's part of the settings with its keys in it. Settings know the variables of the providers that ship; those
 * of others are known from the provider alone, and win over the file here as they do there.
 */
export function readKeys(
  { id, credentials = [] }: AnyProvider,
  { settings, values }: Pick<LoadedSettings, 'settings' | 'values'>,
  environment: Environment,
): { readonly options: Options; readonly keys: readonly Key[] } {
  const options: Record<string, unknown> = { ...settings.providers[id] };
  const foreign = !Object.hasOwn(DEFAULTS.providers, id);
  const keys = credentials.map((credential): Key => {
    const { option } = credential;
    const variable = foreign ? credential.env.find((name) => environment[name]) : undefined;
    if (variable !== undefined) {
      options[option] = environment[variable];
      return { ...credential, set: true, from: variable };
    }
    const set = options[option] !== undefined && options[option] !== '';
    const origin = values.find(({ path }) => path.join('\n') === ['providers', id, option].join('\n'))?.origin;
    return { ...credential, set, ...(set && origin !== undefined ? { from: origin.name } : {}) };
  });
  return { options, keys };
}

/** A key that is needed and is not there. */
export function missingKey(keys: readonly Key[]): Key | undefined {
  return keys.find(({ required, set }) => required && !set);
}

/** What to type to give a provider its key. */
export function suggestKey({ env, option, url }: Key): string {
  const [variable] = env;
  const where = url === undefined ? '' : `   (a key: ${url})`;
  return variable === undefined ? `set ${option} in the settings file${where}` : `export ${variable}=…${where}`;
}
