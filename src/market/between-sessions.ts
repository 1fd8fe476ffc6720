import { type Expectation, expectedOpens } from './expected.js';
import type { Range } from './range.js';
import { closeOf, DAY, stepOf } from './timeframe.js';

/** Longer than any market has been closed since 1962, with a few bars of the longest kind. */
const LONGEST_CLOSURE = 16 * DAY;
const LONGEST_BAR = 31 * DAY;

/**
 * A hole with the closed hours on both sides of it, up to the bars that should exist beside it, within a range. To ask
 * for them as well costs nothing, and a calendar may be wrong of a market: what traded while it calls it closed would
 * never be asked for otherwise.
 */
export function widenBetweenSessions(expectation: Expectation, hole: Range, within: Range): Range {
  const { calendar, timeframe } = expectation;
  if (calendar.sessions === undefined || timeframe === 'ticks') return hole;
  const step = stepOf(timeframe) ?? LONGEST_BAR;
  const look = LONGEST_CLOSURE + 2 * step;
  // Within a session, where most holes lie, the next bar is at hand: a look at days of them is for its ends.
  const before = findNear(expectation, hole.start, -step, -look)?.at(-1);
  const after = findNear(expectation, hole.end, step, look)?.at(0);
  const start = before === undefined ? hole.start : Math.min(closeOf(timeframe, before), hole.start);
  const end = after === undefined ? hole.end : Math.max(after, hole.end);
  return { start: Math.max(start, within.start), end: Math.min(end, within.end) };
}

/** The opens on one side of an instant: within the nearer distance, or else within the farther. */
function findNear(
  expectation: Expectation,
  instant: number,
  ...distances: readonly number[]
): Float64Array | undefined {
  for (const distance of distances) {
    const [start, end] = distance < 0 ? [instant + distance, instant] : [instant, instant + distance];
    const opens = expectedOpens(expectation, { start, end });
    if (opens.length > 0) return opens;
  }
  return undefined;
}
