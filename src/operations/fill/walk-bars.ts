import { type Expectation, expectedCount, expectedOpens } from '../../market/expected.js';
import { closeOf, DAY, stepOf } from '../../market/timeframe.js';

/** No market is closed for longer than the widest step: beyond it, what is found is all there is. */
const WIDENINGS = 12;

/** The open of the bar that is so many expected bars before `instant`, or of the first one found. */
export function barsBefore(expectation: Expectation, instant: number, count: number): number {
  for (let width = firstWidth(expectation, count), i = 0; ; width *= 2, i++) {
    const range = { start: instant - width, end: instant };
    const expected = expectedCount(expectation, range) ?? 0;
    if (expected < count && i < WIDENINGS) continue;
    const opens = expectedOpens(expectation, range);
    return opens[Math.max(0, opens.length - count)] ?? instant;
  }
}

/** The close of the bar that is so many expected bars after `instant`, but never beyond `limit`. */
export function barsAfter(expectation: Expectation, instant: number, count: number, limit: number): number {
  for (let width = firstWidth(expectation, count), i = 0; ; width *= 2, i++) {
    const range = { start: instant, end: Math.min(instant + width, limit) };
    const expected = expectedCount(expectation, range) ?? 0;
    if (expected < count && i < WIDENINGS && range.end < limit) continue;
    const last = expectedOpens(expectation, range)[Math.min(count, expected) - 1];
    return last === undefined ? instant : Math.min(limit, closeOf(expectation.timeframe, last));
  }
}

function firstWidth({ timeframe }: Expectation, count: number): number {
  return count * (stepOf(timeframe) ?? 31 * DAY) + DAY;
}
