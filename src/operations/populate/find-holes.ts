import { type Expectation, expectedOpens } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Seen } from './seen.js';

/** What of a range should be there and did not come. Of ticks nobody knows: all came, or nothing did. */
export function findHoles(range: Range, seen: Seen, expectation: Expectation): Range[] {
  const { timeframe } = expectation;
  if (timeframe === 'ticks') return seen.isEmpty ? [range] : [];
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
