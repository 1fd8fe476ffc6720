import { alignTimes, pickAt } from '../../market/alignment/align-times.js';
import { type Agreement, comparePrices } from '../../market/alignment/compare-prices.js';
import { median } from '../../market/alignment/median.js';
import { type Bars, selectColumns } from '../../market/bars.js';
import type { Timeframe } from '../../market/timeframe.js';

/** Two sources of one series, bar by bar. */
export interface Comparison extends Agreement {
  readonly bars: readonly [number, number];
  /** Share of common bars whose closes differ by no more than the tolerance. */
  readonly within: number;
  /** The usual volume of the second in units of the first one's; undefined where one of them has none. */
  readonly volumeRatio: number | undefined;
  /** Opens that only the other one has. */
  readonly lacking: readonly [Float64Array, Float64Array];
  /** Those that differ most, worst first. */
  readonly worst: readonly WorstBar[];
}

export interface WorstBar {
  readonly time: number;
  readonly closes: readonly [number, number];
  /** The second in units of the first, less one. */
  readonly difference: number;
}

const MOST_WORST = 10;

export function compareProviders(timeframe: Timeframe, one: Bars, other: Bars, tolerance: number): Comparison {
  const [a, b] = [selectColumns(one, ['close', 'volume']), selectColumns(other, ['close', 'volume'])];
  const shared = alignTimes(a.time, b.time);
  const [first, second] = [pickAt(columnAt(a, 0), shared.a), pickAt(columnAt(b, 0), shared.b)];
  const bars = Array.from(shared.time, (time, row): WorstBar => {
    const closes = [first[row] as number, second[row] as number] as const;
    return { time, closes, difference: closes[1] / closes[0] - 1 };
  }).filter(({ difference }) => Number.isFinite(difference));
  const near = bars.filter(({ difference }) => Math.abs(difference) <= tolerance).length;
  return {
    ...comparePrices(timeframe, { time: a.time, close: columnAt(a, 0) }, { time: b.time, close: columnAt(b, 0) }),
    bars: [a.time.length, b.time.length],
    within: near / bars.length,
    volumeRatio: ratioOf(pickAt(columnAt(a, 1), shared.a), pickAt(columnAt(b, 1), shared.b)),
    lacking: [onlyIn(b.time, shared.time), onlyIn(a.time, shared.time)],
    worst: bars
      .filter(({ difference }) => difference !== 0)
      .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference) || x.time - y.time)
      .slice(0, MOST_WORST),
  };
}

function columnAt(bars: Bars, index: number): Float64Array {
  return bars.values[index] as Float64Array;
}

function ratioOf(a: Float64Array, b: Float64Array): number | undefined {
  const ratios = a.map((volume, row) => (volume > 0 && (b[row] as number) > 0 ? (b[row] as number) / volume : NaN));
  const middle = median(ratios);
  return Number.isNaN(middle) ? undefined : middle;
}

/** Both ascend. */
function onlyIn(times: Float64Array, shared: Float64Array): Float64Array {
  let at = 0;
  return times.filter((time) => {
    while (at < shared.length && (shared[at] as number) < time) at++;
    return shared[at] !== time;
  });
}
