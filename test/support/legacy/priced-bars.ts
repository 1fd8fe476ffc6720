import type { Bars } from '../../../src/market/bars.js';
import { barsAt } from '../make-bars.js';

/** Bars that admission takes: prices no decimal fits exactly, high above low; `scale` makes them tiny. */
export function pricedBars(times: readonly number[], scale = 1): Bars {
  const base = times.map((time) => ((((time / 1000) % 9973) + 1) / 7) * scale);
  const factors = [1, 1.07, 0.91, 1.013, 3.3];
  return { ...barsAt(times), values: factors.map((factor) => Float64Array.from(base, (price) => price * factor)) };
}

/** `count` opens, a step apart. */
export function timesFrom(start: string, count: number, step: number): number[] {
  return Array.from({ length: count }, (_, i) => Date.parse(start) + i * step);
}
