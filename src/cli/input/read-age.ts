import { type Age, parseAge } from '../../market/age.js';
import { AlmanacError } from '../../market/almanac-error.js';

/** `--older-than 2y` as a length of time, or an error that says how to write one. */
export function readAge(flag: string, text: string): Age {
  const age = parseAge(text);
  if (age !== undefined) return age;
  throw new AlmanacError('USAGE', `${flag} ${JSON.stringify(text)} is not a length of time`, {
    suggestions: [`${flag} 90d (or 36h, 12w, 6mo, 2y)`],
  });
}
