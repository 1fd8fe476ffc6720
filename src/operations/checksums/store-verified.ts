import { type Bars, barsWithin, concatBars, emptyBars } from '../../market/bars.js';
import { mergeBars } from '../../market/merge.js';
import { intersect, type Range } from '../../market/range.js';
import type { ChecksumFailure } from '../../store/checksums/checksum-failure.js';
import type { PutProvenance, Series } from '../../store/face.js';
import { bareChecksum } from '../populate/doubted-checksum.js';

export interface Stored {
  readonly added: number;
  readonly replaced: number;
  readonly removed: number;
  /** Rows of other origin that differ; they stayed. */
  readonly conflicts: number;
}

/**
 * Puts a file's verified bars where they belong. Bars that came from the same file when it failed its checksum give
 * way, those it no longer has too; bars of any other origin stay.
 */
export async function storeVerified(
  batches: readonly Bars[],
  range: Range,
  failure: ChecksumFailure,
  provenance: PutProvenance,
  series: Series,
  assetClass: string,
): Promise<Stored> {
  const bars = joinBatches(batches);
  const total = { added: 0, replaced: 0, removed: 0, conflicts: 0 };
  for (const doubted of await findDoubted(series, range, failure)) {
    const report = await series.put(barsWithin(bars, doubted), provenance, {
      assetClass,
      winner: 'incoming',
      replace: doubted,
      allowShrink: true,
    });
    for (const key of ['added', 'replaced', 'removed'] as const) total[key] += report[key];
  }
  const { added, conflicts } = await series.put(bars, provenance, { assetClass });
  return { ...total, added: total.added + added, conflicts };
}

/** Where the stored bars are said to come from this file, with bytes that nobody vouched for. */
async function findDoubted(
  series: Series,
  range: Range,
  { provider, stored_checksums }: ChecksumFailure,
): Promise<Range[]> {
  if (stored_checksums === undefined) return [];
  const origins = (await series.years()).flatMap(({ sidecar }) => sidecar?.provenance ?? []);
  return origins
    .filter((each) => each.provider === provider && stored_checksums.includes(bareChecksum(each.checksum ?? '')))
    .flatMap(({ from, to }) => intersect(range, { start: Date.parse(from), end: Date.parse(to) }) ?? []);
}

/** Batches may follow one another in any order; the first of two rows of one time stands. */
function joinBatches(batches: readonly Bars[]): Bars {
  const sorted = batches
    .filter(({ time }) => time.length > 0)
    .sort((a, b) => (a.time[0] as number) - (b.time[0] as number));
  const columns = [...new Set(sorted.flatMap((each) => each.columns))];
  if (sorted.length === 0) return emptyBars();
  const apart = sorted.every((each, i) => i === 0 || (each.time[0] as number) > (sorted[i - 1]?.time.at(-1) as number));
  if (apart) return concatBars(sorted, columns);
  return sorted.reduce((all, each) => mergeBars(all, each, 'existing', columns).bars, emptyBars(columns));
}
