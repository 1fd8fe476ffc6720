import { AlmanacError } from '../../market/almanac-error.js';

/** `0.5%`, or the share itself: `0.005`. */
export function readTolerance(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text.trim());
  const share = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1);
  // A bare 1 or 5 surely means per cent, and 500 % is no tolerance.
  if (share >= 0 && share < 1) return share;
  throw new AlmanacError('USAGE', `--tolerance ${JSON.stringify(text)} is no share of a price`, {
    suggestions: ['--tolerance 0.5%'],
  });
}
