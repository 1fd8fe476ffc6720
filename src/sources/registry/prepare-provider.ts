import type { Capabilities } from '../../provider/index.js';
import type { SchemaIssue } from '../../provider/schema.js';
import { Redactor } from '../../settings/redactor.js';
import type { LoadedSettings } from '../../settings/settings.js';
import { type Key, missingKey, readKeys, suggestKey } from './read-keys.js';
import type { RegisteredProvider } from './registered.js';

/** A provider with the person's settings applied: ready to be asked, or with the reason why it is not. */
export type PreparedProvider = RegisteredProvider & { readonly keys: readonly Key[] } & (
    | {
        readonly ready: true;
        /** As the settings say it, keys included: for the host, which checks it again. Never to be shown. */
        readonly given: Readonly<Record<string, unknown>>;
        readonly options: unknown;
        readonly capabilities: Capabilities;
      }
    | { readonly ready: false; readonly problem: string; readonly suggestion?: string }
  );

type Environment = Readonly<Record<string, string | undefined>>;

/** Nothing here throws: what is wrong with one provider must not keep the others from being listed. */
export async function prepareProvider(
  registered: RegisteredProvider,
  loaded: Pick<LoadedSettings, 'settings' | 'values'>,
  environment: Environment,
): Promise<PreparedProvider> {
  const { provider } = registered;
  const { options: raw, keys } = readKeys(provider, loaded, environment);
  const secrets = keys.map(({ option }) => raw[option]).filter((value) => typeof value === 'string');
  const refuse = (problem: string, suggestion?: string): PreparedProvider => ({
    ...registered,
    keys,
    ready: false,
    // Schemas of others may quote what they refuse.
    problem: new Redactor(secrets).redact(problem),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  try {
    const result = await provider.options['~standard'].validate(raw);
    if (result.issues !== undefined) {
      const missing = missingKey(keys);
      if (missing !== undefined) return refuse('it needs a key', suggestKey(missing));
      return refuse(`its settings are wrong: ${result.issues.map(describeIssue).join('; ')}`, 'almanac config show');
    }
    const options: unknown = result.value;
    const capabilities: unknown = provider.capabilities(options);
    const { findCapabilitiesFault } = await import('./check-capabilities.js');
    const fault = findCapabilitiesFault(capabilities);
    if (fault !== undefined) return refuse(`it states capabilities that cannot be: ${fault}`);
    return { ...registered, keys, ready: true, given: raw, options, capabilities: capabilities as Capabilities };
  } catch (error) {
    return refuse(`it fails on its settings: ${firstLine(error)}`);
  }
}

/** Which setting is wrong, never its value: it may be a key. */
function describeIssue({ message, path = [] }: SchemaIssue): string {
  const name = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return name === '' ? message : `${name}: ${message}`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;
}
