import { AlmanacError } from '../../market/almanac-error.js';
import { type ChecksumFailure, checksumFailure } from './checksum-failure.js';

export interface RegistryContents {
  readonly failures: readonly ChecksumFailure[];
  /** Some of it, or all, cannot be read: the entries that can are given. */
  readonly garbled: boolean;
}

/** What a registry's bytes say. One of a later version is nobody's to change, and not to be misread either. */
export function readRegistry(bytes: Uint8Array | undefined, file: string): RegistryContents {
  if (bytes === undefined) return { failures: [], garbled: false };
  const document = parse(bytes);
  if (typeof document !== 'object' || document === null) return { failures: [], garbled: true };
  const { schemaVersion, failures } = document as { schemaVersion?: unknown; failures?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > 1) {
    throw new AlmanacError('STORE_NEWER', `${file} was written by a newer Almanac, and was left as it is`);
  }
  if (schemaVersion !== 1 || !Array.isArray(failures)) return { failures: [], garbled: true };
  const read = failures.map((each) => checksumFailure.safeParse(each));
  return {
    failures: read.flatMap(({ data }) => data ?? []),
    garbled: read.some(({ success }) => !success),
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
