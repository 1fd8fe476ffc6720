import type { Choice } from '../../sources/route.js';

/** The first instant a source has bars of. */
export function reachOf({ timeframe: { reach } }: Pick<Choice, 'timeframe'>, now: number): number {
  if (reach === undefined) return Number.NEGATIVE_INFINITY;
  return 'age' in reach ? now - reach.age : reach.since;
}
