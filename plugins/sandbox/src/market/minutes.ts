import { type Columns, createColumns, trim } from './columns.js';
import { splitFactor } from './events.js';
import { keyOf, mix, toUnit } from './hash.js';
import { levelAt } from './level.js';
import type { Recipe } from './listings.js';
import { scalesOf } from './scales.js';
import { HOUR, MINUTE } from './steps.js';
import { findTrading } from './trading.js';
import { createWalk } from './walk.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { abs, ceil, exp, floor, max, min, round } = Math;

const MILLION = 4_294.967296;
const MINUTES_AT_ONCE = 1440;

/** Makes the minutes of anything that is not made of ticks. Each stands alone: no minute needs those before it. */
export function createMinutes(recipe: Recipe, seed: number): (start: number, end: number) => Columns {
  const path = createWalk(keyOf(recipe.path, seed), recipe.octaves, recipe.sigma);
  const shape = keyOf(`${recipe.symbol} shape`, seed);
  const size = keyOf(`${recipe.symbol} size`, seed);
  const scales = scalesOf(recipe);
  const levels = new Float64Array(MINUTES_AT_ONCE + 1);
  const pair = new Float64Array(2);
  const isQuiet = (minute: number): boolean => mix(shape, minute) < recipe.quiet * MILLION;

  const toUnits = (logarithm: number): number => max(1, round(exp(logarithm) * scales.price));
  const closeOf = (minute: number, now: number, next: number): number =>
    toUnits(levelAt(recipe, minute * MINUTE) + now + (next - now) * (0.85 + 0.3 * toUnit(mix(shape, ~minute))));

  /** The close that a quiet minute repeats: that of the last minute of the same span in which somebody traded. */
  const closeBefore = (minute: number, first: number): number => {
    let at = minute - 1;
    while (at > first && isQuiet(at)) at -= 1;
    path.fill(at, 2, pair);
    return closeOf(at, pair[0] as number, pair[1] as number);
  };

  const write = (
    columns: Columns,
    minute: number,
    now: number,
    next: number,
    liveliness: number,
    split: number,
  ): void => {
    const row = columns.length++;
    const open = toUnits(levelAt(recipe, minute * MINUTE) + now);
    const close = closeOf(minute, now, next);
    const bits = mix(size, minute);
    const reach = recipe.sigma * 0.8;
    const above = round(max(open, close) * (1 + (reach * (bits & 0xff)) / 0xff));
    const below = round(min(open, close) * (1 - (reach * ((bits >>> 8) & 0xff)) / 0xff));
    const rush = 0.1 + 2.4 * ((bits >>> 16) / 0xffff) ** 3 + min(3, abs(next - now) / recipe.sigma / 2);
    columns.time[row] = minute * MINUTE;
    columns.open[row] = open * split;
    columns.high[row] = above * split;
    columns.low[row] = max(1, below) * split;
    columns.close[row] = close * split;
    if (recipe.volume === 0) return;
    const volume = max(1, round((recipe.volume * rush * liveliness * scales.volume) / split));
    const price = ((open + close + above + below) / 4 / scales.price) * split;
    const whole = volume / scales.volume;
    const turnover = recipe.contract === undefined ? whole * price : (whole * recipe.contract) / price;
    columns.volume[row] = volume;
    columns.quoteVolume[row] = max(1, round(turnover * scales.quote));
    columns.trades[row] = min(volume, 1 + floor(rush * 90 * liveliness * (0.5 + (bits & 0xffff) / 0xffff)));
  };

  const writeFlat = (columns: Columns, minute: number, close: number): void => {
    const row = columns.length++;
    columns.time[row] = minute * MINUTE;
    columns.open[row] = close;
    columns.high[row] = close;
    columns.low[row] = close;
    columns.close[row] = close;
  };

  return (start, end) => {
    const columns = createColumns(ceil((end - start) / MINUTE));
    for (const span of findTrading(recipe, start, end)) {
      const first = ceil(span.start / MINUTE);
      const length = span.end / MINUTE - first;
      const stop = ceil(min(span.end, end) / MINUTE);
      const split = splitFactor(recipe.symbol, span.start);
      for (let from = max(first, ceil(start / MINUTE)); from < stop; from += MINUTES_AT_ONCE) {
        const count = min(MINUTES_AT_ONCE, stop - from);
        path.fill(from, count + 1, levels);
        for (let at = 0; at < count; at++) {
          const minute = from + at;
          const quiet = recipe.quiet > 0 && minute > first && isQuiet(minute);
          if (quiet && recipe.quietIs === 'absent') continue;
          if (quiet) {
            const here = columns.length > 0 && columns.time[columns.length - 1] === (minute - 1) * MINUTE;
            const close = here ? (columns.close[columns.length - 1] as number) : closeBefore(minute, first);
            writeFlat(columns, minute, close);
          } else {
            const liveliness = recipe.kind === 'stock' ? bathtub((minute - first) / length) : 1;
            write(columns, minute, levels[at] as number, levels[at + 1] as number, liveliness, split);
          }
        }
      }
    }
    return end - start > HOUR ? trim(columns) : columns;
  };
}

/** Shares change hands mostly at the bells. */
function bathtub(part: number): number {
  return 0.5 + 1.5 * (2 * part - 1) ** 2;
}
