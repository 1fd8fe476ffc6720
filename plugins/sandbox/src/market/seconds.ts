import { type Columns, createColumns } from './columns.js';
import { keyOf, mix, toUnit } from './hash.js';
import type { Recipe } from './listings.js';
import { SECOND } from './steps.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { floor, max, min, round } = Math;

const SECONDS = 60;

/** Sixty seconds for each minute, such that together they are that minute again, to the last unit. */
export function createSeconds(recipe: Recipe, seed: number): (minutes: Columns) => Columns {
  const key = keyOf(`${recipe.symbol} seconds`, seed);
  return (minutes) => {
    const columns = createColumns(minutes.length * SECONDS);
    for (let at = 0; at < minutes.length; at++) writeMinute(columns, minutes, at, key);
    return columns;
  };
}

function writeMinute(columns: Columns, minutes: Columns, at: number, key: number): void {
  const time = minutes.time[at] as number;
  const open = minutes.open[at] as number;
  const close = minutes.close[at] as number;
  const high = minutes.high[at] as number;
  const low = minutes.low[at] as number;
  const trades = minutes.trades[at] as number;
  const bits = mix(key, time / SECOND);
  const peak = bits % SECONDS;
  const trough = (peak + 1 + ((bits >>> 8) % (SECONDS - 1))) % SECONDS;
  let traded = 0;
  let price = open;
  for (let second = 0; second < SECONDS; second++) {
    const row = columns.length++;
    const part = (second + 1) / SECONDS;
    const wiggle = (toUnit(mix(key, time / SECOND + second + 1)) - 0.5) * (high - low) * 0.4;
    const aim = round(open + (close - open) * part + wiggle);
    const next = second === SECONDS - 1 ? close : min(high, max(low, aim));
    const soFar = second === SECONDS - 1 ? trades : floor(trades * part);
    columns.time[row] = time + second * SECOND;
    columns.open[row] = price;
    columns.close[row] = next;
    columns.high[row] = second === peak ? high : max(price, next);
    columns.low[row] = second === trough ? low : min(price, next);
    columns.trades[row] = soFar - traded;
    columns.volume[row] = share(minutes.volume[at] as number, soFar, traded, trades);
    columns.quoteVolume[row] = share(minutes.quoteVolume[at] as number, soFar, traded, trades);
    price = next;
    traded = soFar;
  }
}

function share(whole: number, to: number, from: number, of: number): number {
  if (of === 0) return 0;
  return floor((whole * to) / of) - floor((whole * from) / of);
}
