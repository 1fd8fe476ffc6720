import type { Agreement } from './compare-prices.js';

/** What keeps two sources from being one series. */
export type Disagreement = 'grid' | 'too-little' | 'shift' | 'scale' | 'scatter' | 'unrelated';

/** With fewer bars to compare nobody can tell. */
export const FEWEST_COMPARED = 6;
const LEAST_CORRELATION = 0.5;

/**
 * The first thing that speaks against a second source, or nothing. `tolerance` is a share, `0.005`. Bars made from
 * samples close a little beside the true close, by a part of a bar's usual move: half of that is let pass. A pair that
 * hardly moves at all (two dollar tokens) need not move together.
 */
export function judgeAgreement(agreement: Agreement, tolerance: number): Disagreement | undefined {
  const { overlap, ratio, spread, move, correlation, shift, sameGrid } = agreement;
  if (!sameGrid) return 'grid';
  if (overlap < FEWEST_COMPARED) return 'too-little';
  if (Math.abs(Math.log(ratio)) > Math.log1p(tolerance)) return 'scale';
  if (shift !== 0) return 'shift';
  if (spread > Math.max(tolerance, move / 2)) return 'scatter';
  if (correlation !== undefined && correlation < LEAST_CORRELATION && spread > tolerance / 10) return 'unrelated';
  return undefined;
}
