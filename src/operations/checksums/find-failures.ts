import type { ChecksumFailure } from '../../store/checksums/checksum-failure.js';
import { type ChecksumRegistry, openChecksumRegistry } from '../../store/checksums/open-registry.js';
import { type FailureFilter, filterFailures } from './filter-failures.js';

export interface FoundFailures {
  readonly registry: ChecksumRegistry;
  readonly failures: readonly ChecksumFailure[];
  /** How many there are with those the filter leaves out. */
  readonly total: number;
  /** What a person should know of the registry itself. */
  readonly warnings: readonly string[];
}

/** What is recorded in a cache, as far as the filter lets it through; nothing is created. */
export async function findFailures(cache: string, filter: FailureFilter, now: () => number): Promise<FoundFailures> {
  const registry = openChecksumRegistry(cache, { now });
  const { failures, garbled } = await registry.read();
  const warnings = garbled
    ? [`${registry.file} can be read only in part; at its next change the whole of it is kept beside`]
    : [];
  return { registry, failures: filterFailures(failures, filter), total: failures.length, warnings };
}
