import { blockRange } from '../../market/block.js';
import { intersect, type Range } from '../../market/range.js';
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
  const blocks = stock.blocks.filter(({ first, last }) => last >= range.start && first < range.end);
  const parts: PartCount[] = [];
  for (const { first, last, rows } of blocks) {
    const within = intersect(blockRange('day', first), range);
    if (within === undefined) continue;
    const cut = first < range.start || last >= range.end;
    const times = cut || stock.doubts?.(within) === true ? await stock.readTimes(within) : undefined;
    parts.push({ range: within, expected: times?.length ?? rows, absent: 0 });
  }
  const judged = findUnfetched([...stock.fetched(), ...reasons], range, calendar).map((quiet): Judged<Cause> => {
    const [first, last] = [quiet[0] as Range, quiet.at(-1) as Range];
    return { start: first.start, last: last.end - 1, bars: 0, why: undefined };
  });
  return { parts, judged, warnings: [] };
}
