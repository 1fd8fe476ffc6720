import { measureScale } from './measure-scale.js';
import type { Prices } from './prices.js';

const FURTHEST = 3;
/** Fewer pairs say nothing: by chance one of seven lags fits well. */
const FEWEST = 8;
/** So much better must another lag fit. */
const SHARE = 0.5;
/** What rounding does to a price is no misfit. */
const ROUNDING = 1e-9;

/**
 * By how many bars the second source is late (early: negative), 0 where it is in step or nobody can tell. Counted in
 * bars that either has, so that a night between two sessions is one step.
 */
export function findShift(a: Prices, b: Prices): number {
  const [first, second] = spreadOut(a, b);
  const inStep = spreadAt(first, second, 0);
  if (!(inStep > ROUNDING)) return 0;
  let best = { lag: 0, spread: inStep };
  for (let distance = 1; distance <= FURTHEST; distance++) {
    for (const lag of [distance, -distance]) {
      const spread = spreadAt(first, second, lag);
      if (spread < best.spread) best = { lag, spread };
    }
  }
  return best.spread < SHARE * inStep ? best.lag : 0;
}

/** Both over every instant that either has; absent is NaN. */
function spreadOut(a: Prices, b: Prices): [Float64Array, Float64Array] {
  const instants = Float64Array.from(new Set([...a.time, ...b.time])).sort();
  const at = new Map(Array.from(instants, (instant, index) => [instant, index]));
  const spread = ({ time, close }: Prices): Float64Array => {
    const wide = new Float64Array(instants.length).fill(Number.NaN);
    for (let row = 0; row < time.length; row++) wide[at.get(time[row] as number) as number] = close[row] as number;
    return wide;
  };
  return [spread(a), spread(b)];
}

function spreadAt(a: Float64Array, b: Float64Array, lag: number): number {
  const late = Math.max(0, lag);
  const early = Math.max(0, -lag);
  const { count, spread } = measureScale(a.subarray(early, a.length - late), b.subarray(late, b.length - early));
  return count < FEWEST ? Number.NaN : spread;
}
