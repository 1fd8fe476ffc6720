import { AlmanacError } from '../../market/almanac-error.js';

/** `12`, `0.5`: hours, as milliseconds. */
export function readHours(flag: string, text: string): number {
  const hours = /^(\d+(\.\d+)?|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (hours > 0 && Number.isFinite(hours)) return hours * 3_600_000;
  throw new AlmanacError('USAGE', `--${flag} ${JSON.stringify(text)} is no number of hours above 0`, {
    suggestions: [`--${flag} 12`],
  });
}
