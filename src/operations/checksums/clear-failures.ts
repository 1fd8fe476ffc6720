import { type ChecksumFailure, failureKey } from '../../store/checksums/checksum-failure.js';
import type { ChecksumRegistry } from '../../store/checksums/open-registry.js';

export interface Cleared {
  readonly cleared: number;
  /** The copy of what was there before. */
  readonly backup: string | undefined;
}

/** Takes out exactly these entries: what was recorded since they were looked at stays. */
export async function clearFailures(chosen: readonly ChecksumFailure[], registry: ChecksumRegistry): Promise<Cleared> {
  const seen = new Set(chosen.map(stateOf));
  let cleared = 0;
  const backup = await registry.changeWithCopy((failures) => {
    const left = failures.filter((each) => !seen.has(stateOf(each)));
    cleared = failures.length - left.length;
    return cleared === 0 ? failures : left;
  });
  return { cleared, backup };
}

function stateOf(failure: ChecksumFailure): string {
  return [failureKey(failure), failure.timestamp, failure.action_taken, failure.count].join(' ');
}
