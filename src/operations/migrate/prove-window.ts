import type { Bars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import type { Series } from '../../store/face.js';
import { isSame } from './clash.js';
import { pairColumns } from './compare-stored.js';

/**
 * Reads back what was stored and counts, for each file, rows that are not there as they were read: to the last bit
 * where the row is new, present at all where another one of its time was there before.
 */
export async function proveWindow(
  series: Series,
  window: Range,
  { bars, origin, fresh }: { readonly bars: Bars; readonly origin: Uint32Array; readonly fresh: Uint8Array },
): Promise<ReadonlyMap<number, number>> {
  const lost = new Map<number, number>();
  const miss = (row: number): unknown => lost.set(origin[row] as number, (lost.get(origin[row] as number) ?? 0) + 1);
  let row = 0;
  for await (const stored of series.batches({ ...window, onDamage: () => undefined })) {
    const pairs = pairColumns(bars, stored);
    // A column that is nowhere in the cache may be missing only where nobody has a value in it.
    const absent = bars.values.filter((_, c) => !stored.columns.includes(bars.columns[c] as string));
    for (let at = 0; at < stored.time.length && row < bars.time.length; at++) {
      const time = stored.time[at] as number;
      while (row < bars.time.length && (bars.time[row] as number) < time) miss(row++);
      if (bars.time[row] !== time) continue;
      const same =
        fresh[row] === 0 ||
        (pairs.every(({ ours, theirs }) => isSame(ours[row] as number, theirs[at] as number)) &&
          absent.every((values) => Number.isNaN(values[row] as number)));
      if (!same) miss(row);
      row++;
    }
  }
  while (row < bars.time.length) miss(row++);
  return lost;
}
