import { blockRange } from '../../market/block.js';
import { intersect, type Range } from '../../market/range.js';
import { coverTicks } from '../coverage/cover-ticks.js';
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
  const known = reasons.map(({ start, end, reason }) => ({
    from: new Date(Math.max(start, range.start)).toISOString(),
    to: new Date(Math.max(Math.min(end, range.end), range.start)).toISOString(),
    ...{ reason, providers: [], checkedAt: '' },
  }));
  const { holes } = coverTicks({ rows: 0, explained: known }, stock.fetched(), range);
  const judged = holes.flatMap((hole): Judged<Cause>[] => {
    const traded = calendar.sessions?.(hole).flatMap((session) => {
      const part = intersect({ start: session.open, end: session.close }, hole);
      return part === undefined ? [] : [part];
    }) ?? [hole];
    const [first] = traded;
    const last = traded.at(-1);
    return first === undefined || last === undefined
      ? []
      : [{ start: first.start, last: last.end - 1, bars: 0, why: undefined }];
  });
  return { parts, judged, warnings: [] };
}
