import type { Counts } from './coverage.js';

/** How much of what should be there is there or explained, 1 where nothing is missing. */
export function shareOf({ expected, missing }: Counts): number {
  return expected === 0 ? 1 : (expected - missing) / expected;
}
