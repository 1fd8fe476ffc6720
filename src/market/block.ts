import { type Range, startOfMonth } from './range.js';
import { DAY, stepOf, type Timeframe } from './timeframe.js';

/** A block is what the store compresses, hashes and replaces as one: a month of bars, or a day of anything finer. */
export type BlockSpan = 'month' | 'day';

export function blockSpan(timeframe: Timeframe): BlockSpan {
  if (timeframe === 'ticks') return 'day';
  const step = stepOf(timeframe);
  return step !== undefined && step < 60_000 ? 'day' : 'month';
}

/** The block that holds an instant. */
export function blockRange(span: BlockSpan, instant: number): Range {
  if (span === 'day') {
    const start = Math.floor(instant / DAY) * DAY;
    return { start, end: start + DAY };
  }
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return { start: startOfMonth(year, month), end: startOfMonth(year, month + 1) };
}

/** `2024-01` or `2024-01-31`. */
export function blockPeriod(span: BlockSpan, instant: number): string {
  return new Date(instant).toISOString().slice(0, span === 'day' ? 10 : 7);
}

export function periodRange(period: string): Range {
  const start = Date.parse(period.length === 7 ? `${period}-01T00:00:00Z` : `${period}T00:00:00Z`);
  return blockRange(period.length === 7 ? 'month' : 'day', start);
}

export function splitByBlock(span: BlockSpan, range: Range): Range[] {
  const pieces: Range[] = [];
  for (let at = range.start; at < range.end; ) {
    const end = Math.min(blockRange(span, at).end, range.end);
    pieces.push({ start: at, end });
    at = end;
  }
  return pieces;
}
