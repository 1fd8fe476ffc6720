import { closeOf, openOf } from '../../market/timeframe.js';
import type { Choice } from '../../sources/route.js';

/** The first instant a source has bars of. One that reaches back for so long may not have the bar that its edge cuts. */
export function reachOf({ timeframe: { timeframe, reach } }: Pick<Choice, 'timeframe'>, now: number): number {
  if (reach === undefined) return Number.NEGATIVE_INFINITY;
  return 'age' in reach ? closeOf(timeframe, openOf(timeframe, now - reach.age)) : reach.since;
}
