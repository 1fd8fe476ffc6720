import { type Bars, firstUnordered } from '../../market/bars.js';
import { sortRows } from '../../sources/admission/sort-rows.js';
import { type Clash, isSame } from './clash.js';
import { pickRows } from './pick-rows.js';
import type { ClockWatch } from './watch-clocks.js';

/** Rows of one file: ascending, each time once. */
export interface Settled {
  readonly bars: Bars;
  /** Rows that lost against a later one of their time, and differed. */
  readonly conflicts: number;
  readonly clashes: readonly Omit<Clash, 'keptFrom' | 'lostFrom'>[];
}

/** How many are told one by one; all are counted. */
const SHOWN = 3;

/**
 * Of rows for one time the last one stands: what a tool appended to its file is newer than what it had there. Where
 * clocks change the first does: the others are of an hour that wall time does not tell from this one.
 */
export function settleRepeats(bars: Bars, clocksChange: ClockWatch): Settled {
  if (firstUnordered(bars.time) < 0) return { bars, conflicts: 0, clashes: [] };
  const sorted = sortRows(bars);
  const { time, columns, values } = sorted;
  const staying = new Uint32Array(time.length);
  const clashes: Settled['clashes'][number][] = [];
  let [kept, conflicts] = [0, 0];
  for (let first = 0; first < time.length; ) {
    let last = first;
    while (time[last + 1] === time[first]) last++;
    const winner = last > first && clocksChange(time[first] as number) ? first : last;
    for (let row = first; row <= last; row++) {
      const differs = values.findIndex((each) => !isSame(each[row] as number, each[winner] as number));
      if (differs < 0) continue;
      conflicts++;
      const [cells, column] = [values[differs] as Float64Array, columns[differs] as string];
      const [stays, lost] = [cells[winner] as number, cells[row] as number];
      if (clashes.length < SHOWN) clashes.push({ time: time[row] as number, column, kept: stays, lost });
    }
    staying[kept++] = winner;
    first = last + 1;
  }
  return { bars: kept === time.length ? sorted : pickRows(sorted, staying.subarray(0, kept)), conflicts, clashes };
}
