import { type Bars, column } from '../bars.js';
import { formatDecimal } from '../decimal.js';
import { type Judge, SuspicionList, type Suspicions } from './judge.js';
import { RollingScale } from './rolling-scale.js';

/** A leap has to be so many times the usual move … */
const SIGMAS = 20;
/** … and by half at least, up or down: a true market does that within a bar, and goes back at once, hardly ever. */
const LEAST = Math.log(1.5);
/** So many bars in a row are still an outlier; then it is a level. */
const LONGEST = 3;
/** Back means: of the leap, so much is left at most, or three usual moves. */
const LEFT = 0.1;

interface Leap {
  /** The price before it, and its logarithm. */
  readonly before: number;
  readonly level: number;
  readonly size: number;
  readonly sigma: number;
  readonly from: number;
  to: number;
  close: number;
  bars: number;
}

/**
 * Closes that leap away and come back: a bar written at ten times the price, or at none. A leap is twenty times the
 * usual move of the last 128 bars (median absolute log return) and a factor of 1.5 at least; it has come back when, one
 * to three bars later, no more than 10 % of it is left, or three usual moves. The first 20 bars and a leap at the very
 * end are not judged.
 */
export function findOutliers(): Judge<Suspicions> {
  const found = new SuspicionList();
  const scale = new RollingScale();
  let before = Number.NaN;
  let level = Number.NaN;
  let leap: Leap | undefined;

  const look = (time: number, close: number): void => {
    if (!(close > 0)) return;
    const now = Math.log(close);
    if (leap !== undefined) {
      if (goesOn(leap, now)) {
        leap.bars++;
        leap.to = time;
        leap.close = close;
        return;
      }
      if (isBack(leap, now))
        found.push({ kind: 'outlier', from: leap.from, to: leap.to, detail: describe(leap, close) });
      else scale.add(leap.size);
      leap = undefined;
    } else if (!Number.isNaN(level)) {
      const size = now - level;
      const sigma = Math.abs(size) >= LEAST ? scale.sigma : undefined;
      if (sigma !== undefined && Math.abs(size) >= SIGMAS * sigma) {
        leap = { before, level, size, sigma, from: time, to: time, close, bars: 1 };
        return;
      }
      scale.add(size);
    }
    before = close;
    level = now;
  };

  return {
    add: (bars: Bars) => {
      const close = column(bars, bars.columns.includes('close') ? 'close' : 'price');
      for (let i = 0; i < close.length; i++) look(bars.time[i] as number, close[i] as number);
    },
    finish: () => found,
  };
}

function isBack({ level, size, sigma }: Leap, now: number): boolean {
  return Math.abs(now - level) <= Math.max(LEFT * Math.abs(size), 3 * sigma);
}

/** Still away, on the same side, and not for too long. */
function goesOn(leap: Leap, now: number): boolean {
  return leap.bars < LONGEST && !isBack(leap, now) && Math.sign(now - leap.level) === Math.sign(leap.size);
}

function describe({ before, close, bars }: Leap, after: number): string {
  const what = bars === 1 ? 'close' : `${bars} closes, the last`;
  return `${what} ${formatDecimal(close)} between ${formatDecimal(before)} and ${formatDecimal(after)}`;
}
