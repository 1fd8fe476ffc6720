import type { Range } from '../../market/range.js';

/** How many of these instants lie in any of the ranges. */
export function countWithin(instants: Float64Array, ranges: readonly Range[]): number {
  return instants.filter((at) => ranges.some(({ start, end }) => at >= start && at < end)).length;
}
