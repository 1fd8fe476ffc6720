import { isSecret } from './mask-secrets.js';
import type { OriginedValue } from './settings.js';

/** A variable of the environment by such a name is somebody's key, whether we know it or not. */
const SECRET_NAME = /(KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE)$/i;
const PROXY_NAME = /^(https?|all)_proxy$/i;
/** Shorter ones are switches (`1`, `none`) rather than keys. */
const SHORTEST_STRANGER = 8;

type Environment = Readonly<Record<string, string | undefined>>;

/** Keys in the environment, known before any settings file is read: an error in reading it must not show them. */
export function secretsInEnvironment(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (PROXY_NAME.test(name)) return passwordsIn(value);
    return SECRET_NAME.test(name) && value.length >= SHORTEST_STRANGER ? [value] : [];
  });
}

export function secretsInSettings(values: readonly OriginedValue[]): string[] {
  return values.flatMap(({ path, value }) => secretsIn(path, value));
}

function secretsIn(path: readonly string[], value: unknown): string[] {
  if (typeof value === 'string') return isSecret(path) ? [value] : passwordsIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => secretsIn([...path, key], inner));
}

function passwordsIn(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { password, searchParams } = new URL(url);
  const named = [...searchParams].filter(([name]) => isSecret([name])).map(([, value]) => value);
  return [...(password === '' ? [] : [password, decodeURIComponent(password)]), ...named];
}
