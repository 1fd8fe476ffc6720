import { periodRange } from '../../market/block.js';
import type { Range } from '../../market/range.js';
import type { Survey } from './survey-source.js';

/** Numbers of eight bytes each that a window may hold: what is read, joined and compared at once stays under 300 MB. */
const MOST_CELLS = 3_200_000;

type Sized = Pick<Survey, 'periods' | 'columns'>;

/**
 * Time cut into stretches of whole blocks that fit into memory, however many files speak of each. A file of all years
 * is read once a window, a daily one once in all, and a year is written once or a few times, not once a file.
 */
export function cutWindows(surveys: readonly Sized[], most = MOST_CELLS): Range[] {
  const cells = new Map<string, number>();
  for (const { periods, columns } of surveys) {
    for (const [period, rows] of periods) cells.set(period, (cells.get(period) ?? 0) + rows * (columns + 1));
  }
  const windows: { start: number; end: number }[] = [];
  let filled = 0;
  for (const [period, size] of [...cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { start, end } = periodRange(period);
    const last = windows.at(-1);
    if (last === undefined || filled + size > most) {
      windows.push({ start, end });
      filled = size;
    } else {
      last.end = end;
      filled += size;
    }
  }
  return windows;
}

/** The file has rows there. */
export function speaksOf({ periods }: Sized, window: Range): boolean {
  for (const period of periods.keys()) {
    const { start } = periodRange(period);
    if (start >= window.start && start < window.end) return true;
  }
  return false;
}
