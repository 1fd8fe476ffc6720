import { type Columns, createColumns } from './columns.js';
import { keyOf, mix } from './hash.js';
import { levelAt } from './level.js';
import type { Recipe } from './listings.js';
import { scalesOf } from './scales.js';
import { MINUTE } from './steps.js';
import { FOREVER } from './trading.js';
import { createWalk } from './walk.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { ceil, exp, floor, max, min, round } = Math;

const TICKS_AT_ONCE = 43_200;

export interface Ticks {
  list(start: number, end: number): { readonly time: Float64Array; readonly price: Float64Array };
  toMinutes(start: number, end: number): Columns;
}

/** The prices of a synthetic index, and the minutes that they make. */
export function createTicks(recipe: Recipe, seed: number): Ticks {
  const tickMs = recipe.tickMs as number;
  const path = createWalk(keyOf(recipe.path, seed), recipe.octaves, recipe.sigma);
  const spikes = keyOf(`${recipe.path} spikes`, seed);
  const scale = scalesOf(recipe).price;
  const level = levelAt(recipe, 0);
  const toUnits = (logarithm: number): number => max(1, round(exp(level + logarithm) * scale));

  const fill = (first: number, count: number, into: Float64Array): void => {
    path.fill(first, count, into);
    if (recipe.spike === undefined) return;
    const { every, size } = recipe.spike;
    for (let at = 0; at < count; at++) {
      const within = (first + at) % every;
      const spiked = within >= mix(spikes, floor((first + at) / every)) % every;
      (into[at] as number) += (spiked ? size : 0) - (size * within) / every;
    }
  };
  const clamp = (start: number, end: number): readonly [number, number] => [
    ceil(max(start, recipe.listedFrom) / tickMs),
    ceil(min(end, FOREVER) / tickMs),
  ];

  return {
    list(start, end) {
      const [first, stop] = clamp(start, end);
      const count = max(0, stop - first);
      const price = new Float64Array(count);
      fill(first, count, price);
      for (let at = 0; at < count; at++) price[at] = toUnits(price[at] as number) / scale;
      return { time: Float64Array.from({ length: count }, (_, at) => (first + at) * tickMs), price };
    },
    toMinutes(start, end) {
      const [first, stop] = clamp(start, end);
      const columns = createColumns(max(0, ceil((end - start) / MINUTE) + 1));
      const logarithms = new Float64Array(TICKS_AT_ONCE);
      const perMinute = MINUTE / tickMs;
      let row = -1;
      for (let from = first; from < stop; from += TICKS_AT_ONCE) {
        const count = min(TICKS_AT_ONCE, stop - from);
        fill(from, count, logarithms);
        for (let at = 0; at < count; at++) {
          const price = logarithms[at] as number;
          const open = floor((from + at) / perMinute) * MINUTE;
          if (row < 0 || columns.time[row] !== open) {
            row += 1;
            columns.time[row] = open;
            columns.open[row] = columns.high[row] = columns.low[row] = price;
          } else if (price > (columns.high[row] as number)) columns.high[row] = price;
          else if (price < (columns.low[row] as number)) columns.low[row] = price;
          columns.close[row] = price;
        }
      }
      columns.length = row + 1;
      // Rounding keeps order, so the highest logarithm is the highest price: four roundings a minute, not thirty.
      for (const column of [columns.open, columns.high, columns.low, columns.close]) {
        for (let at = 0; at <= row; at++) column[at] = toUnits(column[at] as number);
      }
      return columns;
    },
  };
}
