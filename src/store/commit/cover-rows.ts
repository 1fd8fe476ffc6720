import { formatInstant } from '../../market/instant.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';
import type { PutProvenance } from '../face.js';
import type { Provenance } from '../sidecar/sidecar.js';
import { originsOf, pushRange } from './origins.js';

/**
 * Provenance that covers every row once, whatever is wrong with what is known of it: each row takes the first of
 * `known` that speaks of it, and a row nobody speaks of is of unknown origin.
 */
export function coverRows(
  timeframe: Timeframe,
  time: Float64Array,
  known: readonly (readonly Provenance[])[],
  unknown: PutProvenance,
): Provenance[] {
  const sources: PutProvenance[] = [];
  const source = new Int32Array(time.length).fill(-1);
  for (const ranges of known) {
    const origins = originsOf(time, ranges);
    for (let row = 0; row < time.length; row++) {
      if (source[row] === -1 && origins[row] !== -1) source[row] = sources.length + (origins[row] as number);
    }
    for (const range of ranges) sources.push(range);
  }
  const result: Provenance[] = [];
  for (let from = 0; from < time.length; ) {
    let to = from + 1;
    while (to < time.length && source[to] === source[from]) to++;
    // A row off the grid may open before the one before it has closed: ranges must not overlap even so.
    const end = Math.min(closeOf(timeframe, time[to - 1] as number), time[to] ?? Number.POSITIVE_INFINITY);
    const who = sources[source[from] as number] ?? unknown;
    pushRange(timeframe, result, {
      ...who,
      from: formatInstant(time[from] as number),
      to: formatInstant(end),
      rows: to - from,
    });
    from = to;
  }
  return result;
}
