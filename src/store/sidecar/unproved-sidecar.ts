import type { Sidecar } from './sidecar.js';
import { sidecarSchema } from './sidecar-schema.js';

/**
 * What a sidecar says whose own hash does not speak for it: edited by hand, or hurt in one place. Nothing of it is
 * believed unless the data proves it; lists keep the entries that can be read.
 */
export function parseUnproved(bytes: Uint8Array): Sidecar | undefined {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  const { self: _, ...rest } = document as Record<string, unknown>;
  const lists = ['blocks', 'provenance', 'explained', 'rejected'] as const;
  const read = Object.fromEntries(
    lists.map((name) => {
      const item = sidecarSchema.shape[name].element;
      const items = Array.isArray(rest[name]) ? (rest[name] as unknown[]) : [];
      return [name, items.flatMap((each) => item.safeParse(each).data ?? [])];
    }),
  );
  return sidecarSchema.safeParse({ ...rest, ...read }).data;
}
