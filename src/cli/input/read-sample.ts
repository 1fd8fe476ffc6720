import { AlmanacError } from '../../market/almanac-error.js';

/** `--sample 5%` or `--sample 500`: a share of all blocks, or so many of them. */
export function readSample(text: string): { readonly percent: number } | { readonly blocks: number } {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const value = Number(match?.[1]);
  if (match?.[2] === '%' && value > 0 && value <= 100) return { percent: value };
  if (match?.[2] === '' && Number.isInteger(value) && value > 0) return { blocks: value };
  throw new AlmanacError('USAGE', `--sample ${JSON.stringify(text)} is neither a share nor a number of blocks`, {
    suggestions: ['--sample 5%', '--sample 500'],
  });
}
