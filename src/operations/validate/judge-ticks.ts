import { lowerBound } from '../../market/bars.js';
import { blockRange } from '../../market/block.js';
import { intersect, type Range, splitByYear } from '../../market/range.js';
import { findUnfetched } from '../coverage/cover-ticks.js';
import type { Judged } from '../coverage/explain-absent.js';
import type { PartCount } from '../coverage/find-absent.js';
import type { Cause } from './cause.js';
import type { ExpectedSeries } from './expected-series.js';
import type { SeriesStock } from './series-stock.js';

/** Of ticks nobody knows how many there should be: what counts is whether there are any, where the market is open. */
export async function judgeTicks(
  stock: SeriesStock,
  { expectation: { calendar } }: ExpectedSeries,
  range: Range,
  reasons: readonly Cause[],
) {
  const parts: PartCount[] = [];
  const read: Range[] = [];
  for (const { range: within } of splitByYear(range)) {
    const blocks = stock.blocks.filter(({ first, last }) => last >= within.start && first < within.end);
    if (blocks.length > 0) for (const block of blocks) parts.push(...(await countBlock(stock, block, within)));
    else if (stock.doubts?.(within) === true) {
      // No sidecar tells of this year: its rows do, by the day.
      for (const times of splitByDay(await stock.readTimes(within))) {
        const [first, last] = [times[0] as number, times.at(-1) as number];
        read.push({ start: first, end: last + 1 });
        parts.push(...partOf(first, within, times.length));
      }
    }
  }
  const known = [...stock.fetched(), ...read, ...reasons];
  const judged = findUnfetched(known, range, calendar).map((quiet): Judged<Cause> => {
    const [first, last] = [quiet[0] as Range, quiet.at(-1) as Range];
    return { start: first.start, last: last.end - 1, bars: 0, why: undefined };
  });
  return { parts, judged, warnings: [] };
}

async function countBlock(
  stock: SeriesStock,
  { first, last, rows }: SeriesStock['blocks'][number],
  range: Range,
): Promise<PartCount[]> {
  const within = intersect(blockRange('day', first), range);
  if (within === undefined) return [];
  const cut = first < range.start || last >= range.end;
  const times = cut || stock.doubts?.(within) === true ? await stock.readTimes(within) : undefined;
  return partOf(first, range, times?.length ?? rows);
}

function partOf(instant: number, range: Range, rows: number): PartCount[] {
  const within = intersect(blockRange('day', instant), range);
  return within === undefined ? [] : [{ range: within, expected: rows, absent: 0 }];
}

function splitByDay(times: Float64Array): Float64Array[] {
  const days: Float64Array[] = [];
  for (let rest = times; rest.length > 0; rest = rest.subarray(days.at(-1)?.length)) {
    const { end } = blockRange('day', rest[0] as number);
    days.push(rest.subarray(0, lowerBound(rest, end)));
  }
  return days;
}
