import { DAY, HOUR, YEAR } from './offers.js';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Beyond ninety days samples come daily; an hour is kept clear for rounding to seconds. */
const LONGEST = 90 * DAY - HOUR;
/** Up to a day before now samples come every five minutes, and bars would differ by how they were asked for. */
const SHORTEST = 2 * DAY;
/** The year ends by their clock, which may be ahead of ours. */
const CLOCKS = 5 * 60_000;

/** How many bars fit one request for hourly samples, the lookback before the first open included. */
export function barsOfHourly(step: number): number {
  return Math.floor((LONGEST - step / 2) / step);
}

/** Where to ask from and to, so that bars opening in the span find their samples and the samples come hourly. */
export function hourlyRequest(span: Span, step: number, now: number): Span {
  const end = Math.min(span.end, now);
  const start = Math.min(span.start - step / 2, end - SHORTEST);
  return { start: Math.max(start, now - YEAR + CLOCKS), end };
}

/** Bars opening in [start, end), so many at a time. */
export function* pageBars(span: Span, step: number, bars: number): Generator<Span> {
  for (let start = span.start; start < span.end; start += bars * step) {
    yield { start, end: Math.min(span.end, start + bars * step) };
  }
}
