import type { Range } from '../../market/range.js';
import type { Coverage, YearInfo } from '../../store/face.js';

/**
 * What of a series of ticks was fetched: runs of provenance, since a day that was fetched in the morning and in the
 * evening is one block. A block of which they tell more or less than its rows stands for itself.
 */
export function findFetched(blocks: Coverage['blocks'], years: readonly Pick<YearInfo, 'sidecar'>[]): Range[] {
  const runs = years
    .flatMap(({ sidecar }) => sidecar?.provenance ?? [])
    .map(({ from, to, rows }) => ({ start: Date.parse(from), end: Date.parse(to), rows }))
    .sort((a, b) => a.start - b.start);
  let at = 0;
  return blocks.flatMap(({ first, last, rows }) => {
    while (at < runs.length && (runs[at] as Range).end <= first) at++;
    const own: typeof runs = [];
    for (let i = at; i < runs.length && (runs[i] as Range).start <= last; i++)
      own.push(runs[i] as (typeof runs)[number]);
    const told = own.reduce((sum, run) => sum + run.rows, 0);
    return told === rows ? own.map(({ start, end }) => ({ start, end })) : [{ start: first, end: last + 1 }];
  });
}
