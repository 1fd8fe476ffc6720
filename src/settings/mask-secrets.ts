import type { OriginedValue } from './settings.js';

const SECRET = /(key|token|secret|password|passphrase)$/i;
const MASK = '••••••';

export function isSecret(path: readonly string[]): boolean {
  return SECRET.test(path.at(-1) ?? '');
}

/** The same values with nothing of a secret left in them, not even its length; and no password inside a URL. */
export function maskSecrets(values: readonly OriginedValue[]): OriginedValue[] {
  return values.map((each) => ({ ...each, value: isSecret(each.path) ? MASK : maskInside(each.value) }));
}

function maskInside(value: unknown): unknown {
  if (typeof value === 'string') return maskUrl(value);
  if (Array.isArray(value)) return value.map(maskInside);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, SECRET.test(key) ? MASK : maskInside(inner)]);
  return Object.fromEntries(entries);
}

function maskUrl(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]+@/i, `$1${MASK}@`)
    .replace(/([?&][^=&#]*(?:key|token|secret|password)=)[^&#]+/gi, `$1${MASK}`);
}
