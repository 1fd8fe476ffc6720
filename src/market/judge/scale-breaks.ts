import { type Bars, column } from '../bars.js';
import { formatDecimal } from '../decimal.js';
import { type Judge, SuspicionList, type Suspicions } from './judge.js';
import { RollingScale } from './rolling-scale.js';

/** Ratios by which shares are split and joined, and units mistaken (pence for pounds). */
const RATIOS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 1000];
const LOGS = RATIOS.map((ratio) => Math.log(ratio));
const LEAST = Math.log(1.4);
/** A step has to be so many times the usual move. */
const SIGMAS = 12;
/** So near a ratio: three usual moves, at least 1 % and at most 8 %. */
const NEAR_SIGMAS = 3;
const NEAREST = 0.01;
const FURTHEST = 0.08;
/** For so many bars the price must stay beyond the middle of the step. */
const STAYS = 20;

interface Step {
  readonly time: number;
  readonly before: number;
  readonly open: number;
  readonly level: number;
  readonly size: number;
  readonly ratio: number;
  bars: number;
}

/**
 * Levels that change overnight by a split's ratio and stay: prices before and after it are not on one scale. The step
 * lies between a close and the next open (a market that really moves does so within its bars), is twelve times the
 * usual move at least, within three usual moves of n:1 or 1:n, and for 20 bars no close comes half the way back. The
 * first 20 bars are not judged, nor the last 20, and series without opens.
 */
export function findScaleBreaks(): Judge<Suspicions> {
  const found = new SuspicionList();
  const scale = new RollingScale();
  let previous = Number.NaN;
  let step: Step | undefined;

  const follow = (close: number): void => {
    if (step === undefined) return;
    const left = (Math.log(close) - step.level) / step.size;
    if (left < 0.5) step = undefined;
    else if (++step.bars >= STAYS) {
      found.push({ kind: 'scale-break', from: step.time, to: step.time, detail: describe(step) });
      step = undefined;
    }
  };

  const look = (time: number, open: number, close: number): void => {
    if (!(open > 0 && close > 0)) return;
    const size = Math.log(open / previous);
    if (Math.abs(size) >= LEAST && step === undefined) step = startStep(time, previous, open, size, scale.sigma);
    if (!Number.isNaN(previous)) scale.add(Math.log(close / previous));
    follow(close);
    previous = close;
  };

  return {
    add: (bars: Bars) => {
      if (!bars.columns.includes('open') || !bars.columns.includes('close')) return;
      const open = column(bars, 'open');
      const close = column(bars, 'close');
      for (let i = 0; i < close.length; i++) look(bars.time[i] as number, open[i] as number, close[i] as number);
    },
    finish: () => found,
  };
}

function startStep(time: number, before: number, open: number, size: number, sigma: number | undefined) {
  if (sigma === undefined || Math.abs(size) < SIGMAS * sigma) return undefined;
  const near = Math.min(FURTHEST, Math.max(NEAREST, NEAR_SIGMAS * sigma));
  const ratio = RATIOS.find((_, i) => Math.abs(Math.abs(size) - (LOGS[i] as number)) <= near);
  return ratio === undefined ? undefined : { time, before, open, level: Math.log(before), size, ratio, bars: 0 };
}

function describe({ before, open, size, ratio }: Step): string {
  const split = ratio === 1.5 ? '3:2' : `${ratio}:1`;
  const shown = size < 0 ? split : split.split(':').reverse().join(':');
  return `opens at ${formatDecimal(open)} after ${formatDecimal(before)} and stays there, as after an unadjusted ${shown} split`;
}
