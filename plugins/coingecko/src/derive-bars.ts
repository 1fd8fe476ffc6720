import type { Row } from 'almanac/provider';
import type { Span } from './hourly-pages.js';

export interface Sample {
  readonly time: number;
  readonly price: number;
}

/** Ascending, one for each instant: the point for "now" is rounded to the second and may precede the one before it. */
export function sortSamples(points: readonly (readonly [number, number | null, ...unknown[]])[]): Sample[] {
  const byTime = new Map<number, number>();
  for (const [time, price] of points) if (price !== null && price > 0) byTime.set(time, price);
  return [...byTime].map(([time, price]) => ({ time, price })).sort((a, b) => a.time - b.time);
}

/**
 * Bars opening in the span. One opens at the last sample at or before its open and closes at the last at or before
 * its close, each no older than half a bar; where samples are too thin for that there is no bar. No volume: theirs
 * is a rolling sum of a day.
 */
export function deriveBars(samples: readonly Sample[], { start, end }: Span, step: number): Row[] {
  const rows: Row[] = [];
  let at = -1;
  const lastBy = (instant: number): Sample | undefined => {
    while (at + 1 < samples.length && (samples[at + 1] as Sample).time <= instant) at += 1;
    const sample = samples[at];
    return sample !== undefined && instant - sample.time <= step / 2 ? sample : undefined;
  };
  for (let time = start; time < end; time += step) {
    const first = lastBy(time);
    const from = at + 1;
    const last = lastBy(time + step);
    if (first === undefined || last === undefined) continue;
    const prices = [first, ...samples.slice(from, at + 1)].map(({ price }) => price);
    rows.push({ time, open: first.price, high: Math.max(...prices), low: Math.min(...prices), close: last.price });
  }
  return rows;
}
