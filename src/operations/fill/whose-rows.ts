import { lowerBound } from '../../market/bars.js';
import { isLoopback } from '../../market/loopback.js';
import { mergeRanges, type Range } from '../../market/range.js';
import type { Series } from '../../store/face.js';
import type { Provenance } from '../../store/sidecar/sidecar.js';

/** Who the rows of a series came from, and where. */
export interface WhoseRows {
  /** Whoever left this hole: the sources of the bars beside it, other than those that came to fill one. */
  besides(hole: Range): readonly string[];
  rangesOf(provider: string): readonly Range[];
  /** Undefined where nobody knows. */
  readonly simulated: boolean | undefined;
}

export async function readWhoseRows(series: Series): Promise<WhoseRows> {
  const all = (await series.years())
    .flatMap(({ sidecar }) => sidecar?.provenance ?? [])
    .map((each) => ({ ...each, start: Date.parse(each.from), end: Date.parse(each.to) }))
    .sort((a, b) => a.start - b.start);
  const own = all.filter(({ via }) => via !== 'fill');
  const starts = Float64Array.from(own, ({ start }) => start);
  // How far any of them reaches, so that a place can be found where ranges overlap too.
  let reach = Number.NEGATIVE_INFINITY;
  const ends = Float64Array.from(own, ({ end }) => {
    reach = Math.max(reach, end);
    return reach;
  });
  return {
    besides({ start, end }) {
      const before = own[lowerBound(starts, start) - 1];
      const after = own[lowerBound(ends, end + 1)];
      return [...new Set([before, after].flatMap((each) => each?.provider ?? []))];
    },
    rangesOf: (provider) => mergeRanges(all.filter((each) => each.provider === provider)),
    simulated: all.length === 0 ? undefined : all.some(isSimulated),
  };
}

function isSimulated({ origin }: Pick<Provenance, 'origin'>): boolean {
  return origin !== undefined && isLoopback(origin);
}
