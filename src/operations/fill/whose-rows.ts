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
  return {
    besides({ start, end }) {
      const before = own.filter((each) => each.start < start).at(-1);
      const after = own.find((each) => each.end > end);
      return [...new Set([before, after].flatMap((each) => each?.provider ?? []))];
    },
    rangesOf: (provider) => mergeRanges(all.filter((each) => each.provider === provider)),
    simulated: all.length === 0 ? undefined : all.some(isSimulated),
  };
}

function isSimulated({ origin }: Pick<Provenance, 'origin'>): boolean {
  return origin !== undefined && isLoopback(origin);
}
