import type { Calendar } from './calendar.js';
import { intersect, type Range, subtractRanges } from './range.js';

/** The parts of a range in which a market trades, ascending. */
export function tradedWithin({ sessions }: Calendar, range: Range): Range[] {
  if (sessions === undefined) return [range];
  return sessions(range).flatMap(({ open, close, breaks = [] }) => {
    const part = intersect({ start: open, end: close }, range);
    return part === undefined ? [] : subtractRanges(part, breaks);
  });
}
