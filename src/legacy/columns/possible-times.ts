import { formatInstant } from '../../market/instant.js';
import type { Refused } from '../reader.js';

/** No coin had a price before. */
const FIRST_COIN = Date.UTC(2009, 0, 1);
/** Nobody's clock is so far ahead: what lies beyond was read in the wrong unit when it was written (the year 56971). */
const BEYOND = Date.UTC(2200, 0, 1);

/** Times that no market has, told by the first of them. */
export function refuseTimes(layout: string, time: Float64Array, since = FIRST_COIN): Refused | undefined {
  const told = time.filter((at) => !Number.isNaN(at));
  const odd = told.filter((at) => at < since || at >= BEYOND);
  if (told.length > 0 && odd.length === 0) return undefined;
  const reason = `${odd.length || time.length} of ${time.length} times cannot be, such as ${spell(odd[0] ?? Number.NaN)}`;
  return { layout, code: 'TIMES_IMPOSSIBLE', reason };
}

function spell(time: number): string {
  return Math.abs(time) <= 8.64e15 ? formatInstant(time) : 'one that is missing or beyond any calendar';
}
