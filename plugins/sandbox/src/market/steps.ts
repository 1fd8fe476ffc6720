import type { Step } from './market.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { floor } = Math;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const LENGTHS: ReadonlyMap<Step, number> = new Map([
  ['1s', SECOND],
  ...([1, 2, 3, 5, 10, 15, 30] as const).map((count) => [`${count}m`, count * MINUTE] as const),
  ...([1, 2, 4, 6, 8, 12] as const).map((count) => [`${count}h`, count * HOUR] as const),
  ['1d', DAY],
  ['3d', 3 * DAY],
]);
const MONDAY = 4 * DAY;

/** The length of steps that have one; a week and a month are found by the calendar instead. */
export function lengthOf(step: Step): number | undefined {
  return LENGTHS.get(step);
}

/** The open of the bar in which an instant falls. Weeks open on Mondays; everything else counts from the epoch. */
export function openOf(step: Step, time: number): number {
  if (step === '1mo') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  if (step === '1w') return floor((time - MONDAY) / (7 * DAY)) * 7 * DAY + MONDAY;
  const length = lengthOf(step) as number;
  return floor(time / length) * length;
}

export function nextOpen(step: Step, open: number): number {
  if (step === '1mo') {
    const date = new Date(open);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return open + (step === '1w' ? 7 * DAY : (lengthOf(step) as number));
}

/** The same, with the step looked up once rather than once a bar. */
export function openerOf(step: Step): (time: number) => number {
  const length = lengthOf(step);
  return length === undefined ? (time) => openOf(step, time) : (time) => floor(time / length) * length;
}
