import { sha256 } from '../codec/gzip-block.js';
import type { Sidecar } from './sidecar.js';
import { sidecarSchema } from './sidecar-schema.js';

/**
 * Room for a year of minutes in which every row came from somewhere else than the one before it: what the store writes
 * it must be able to read again.
 */
const LARGEST = 256 << 20;

export type ParsedSidecar =
  | { readonly state: 'sound'; readonly sidecar: Sidecar }
  | { readonly state: 'newer'; readonly schemaVersion: number }
  | { readonly state: 'bad'; readonly reason: string };

/** The document with its own hash at the end, one block a line: meant to be read by people too. */
export function formatSidecar(sidecar: Sidecar): Uint8Array {
  const self = sha256(new TextEncoder().encode(canonical(sidecar)));
  const lines = Object.entries({ ...sidecar, self })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${JSON.stringify(key)}: ${formatValue(value)}`);
  return new TextEncoder().encode(`{\n${lines.join(',\n')}\n}\n`);
}

export function parseSidecar(bytes: Uint8Array): ParsedSidecar {
  if (bytes.length === 0) return { state: 'bad', reason: 'it is empty' };
  if (bytes.length > LARGEST) return { state: 'bad', reason: `it is larger than ${LARGEST} bytes` };
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { state: 'bad', reason: 'it is not JSON' };
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return { state: 'bad', reason: 'it is not an object' };
  const { self, ...rest } = document as Record<string, unknown>;
  if (typeof rest.schemaVersion === 'number' && rest.schemaVersion > 1)
    return { state: 'newer', schemaVersion: rest.schemaVersion };
  if (self !== sha256(new TextEncoder().encode(canonical(rest))))
    return { state: 'bad', reason: 'its own hash does not match: cut, damaged or edited by hand' };
  const parsed = sidecarSchema.safeParse(rest);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { state: 'bad', reason: `${issue?.path.join('.')}: ${issue?.message}` };
  }
  return { state: 'sound', sidecar: parsed.data };
}

function formatValue(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== 'object') return JSON.stringify(value);
  return `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`;
}

/** Keys sorted at every depth and no white space: one spelling for one meaning. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
