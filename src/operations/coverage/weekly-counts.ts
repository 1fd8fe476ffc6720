import type { Damage, Series } from '../../store/face.js';

const WEEK = 7 * 86_400_000;
const WEEKS = 53;

export interface WeeklyCounts {
  readonly year: number;
  /** Bars that open in each seven days from 1 January; the 53rd holds the day or two left. */
  readonly weeks: readonly number[];
  readonly damage: readonly Damage[];
}

/** Counts a year's bars from its time stamps alone; a damaged block counts as nothing and is told. */
export async function countWeeks(series: Series, year: number, signal?: AbortSignal): Promise<WeeklyCounts> {
  const start = Date.UTC(year, 0, 1);
  const weeks: number[] = new Array(WEEKS).fill(0);
  const damage: Damage[] = [];
  const range = { start, end: Date.UTC(year + 1, 0, 1), columns: [], onDamage: (found: Damage) => damage.push(found) };
  for await (const { time } of series.batches(range)) {
    signal?.throwIfAborted();
    for (let i = 0; i < time.length; i++) {
      const week = Math.floor(((time[i] as number) - start) / WEEK);
      if (week >= 0 && week < WEEKS) weeks[week] = (weeks[week] as number) + 1;
    }
  }
  return { year, weeks, damage };
}
