import { type Expectation, expectedCount, expectedOpens } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Seen } from './seen.js';

/** What of a range should be there and did not come. Of ticks nobody knows: all came, or nothing did. */
export function findHoles(range: Range, seen: Seen, expectation: Expectation): Range[] {
  const { timeframe, calendar } = expectation;
  if (timeframe === 'ticks') return seen.isEmpty ? [range] : [];
  // Round the clock every line of the grid is expected, and what was admitted lies on it: as many are all.
  if (calendar.sessions === undefined && seen.within(range) === expectedCount(expectation, range)) return [];
  const holes: { start: number; end: number }[] = [];
  let open = false;
  for (const at of expectedOpens(expectation, range)) {
    const missing = !seen.has(at);
    const last = holes.at(-1);
    if (missing && open && last !== undefined) last.end = closeOf(timeframe, at);
    else if (missing) holes.push({ start: at, end: closeOf(timeframe, at) });
    open = missing;
  }
  return holes;
}
