import { stepOf, type Timeframe } from '../timeframe.js';

/** Whether any bar of one opens as far into its slot as one of the other: 9:30 and 10:30, or 10:00. */
export function shareGrid(timeframe: Timeframe, a: Float64Array, b: Float64Array): boolean {
  const step = stepOf(timeframe);
  if (step === undefined || a.length === 0 || b.length === 0) return true;
  const offsets = new Set(Array.from(a, (time) => time % step));
  return b.some((time) => offsets.has(time % step));
}
