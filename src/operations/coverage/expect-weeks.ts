import { closedUntil, type Expectation, expectedCount } from '../../market/expected.js';

const WEEK = 7 * 86_400_000;
const WEEKS = 53;

/** How many bars should have opened in each seven days of a year by now; undefined for ticks, of which nobody knows. */
export function expectWeeks(expectation: Expectation, year: number, now: number): readonly number[] | undefined {
  if (expectation.timeframe === 'ticks') return undefined;
  const first = Date.UTC(year, 0, 1);
  const until = Math.min(Date.UTC(year + 1, 0, 1), closedUntil(expectation, now));
  return Array.from({ length: WEEKS }, (_, week) => {
    const start = first + week * WEEK;
    return expectedCount(expectation, { start, end: Math.min(start + WEEK, until) }) ?? 0;
  });
}
