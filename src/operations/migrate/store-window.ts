import { createHash } from 'node:crypto';
import { lowerBound, selectColumns, sliceRows } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import { splitByYear } from '../../market/range.js';
import type { PutOptions, PutProvenance, Series } from '../../store/face.js';
import type { Rejected } from '../../store/sidecar/sidecar.js';
import type { Joined } from './join-parts.js';
import { pickRows } from './pick-rows.js';
import type { Source } from './source.js';
import type { Survey } from './survey-source.js';

/** A file that has a part in what is stored; the order is that of the parts that were joined. */
export interface Contributor {
  readonly source: Source;
  readonly survey: Pick<Survey, 'modified' | 'sha256'>;
  /** Its own columns: what another file has beside them is no column of these rows. */
  readonly columns: readonly string[];
  /** What was refused of it, where this is the first time rows of it are stored. */
  readonly rejected: readonly Rejected[];
}

/**
 * One commit for each year and origin. Files of one layout and provider are one origin: 365 daily files do not
 * rewrite their year 365 times. The checksum is the file's where one file gave the rows, else that of all of theirs.
 */
export async function storeWindow(
  series: Series,
  { bars, origin }: Joined,
  fresh: Uint8Array,
  contributors: readonly Contributor[],
  options: Pick<PutOptions, 'calendar'>,
): Promise<string[]> {
  const repaired: string[] = [];
  const groups = contributors.map(({ source: { claim } }) => `${claim.layout} ${claim.provider} ${claim.derived}`);
  const first = bars.time[0];
  if (first === undefined) return repaired;
  for (const { range } of splitByYear({ start: first, end: (bars.time.at(-1) as number) + 1 })) {
    const from = lowerBound(bars.time, range.start);
    const to = lowerBound(bars.time, range.end);
    for (const group of new Set(groups)) {
      const rows = new Uint32Array(to - from);
      let count = 0;
      const parts = new Set<number>();
      for (let row = from; row < to; row++) {
        const part = origin[row] as number;
        if (fresh[row] === 0 || groups[part] !== group) continue;
        rows[count++] = row;
        parts.add(part);
      }
      if (count === 0) continue;
      const givers = [...parts].map((part) => contributors[part] as Contributor);
      const columns = bars.columns.filter((name) => givers.some((each) => each.columns.includes(name)));
      // Mostly all of a year is new and of one origin: then it is not copied.
      const mine = count === to - from ? sliceRows(bars, from, to) : pickRows(bars, rows.subarray(0, count));
      const report = await series.put(selectColumns(mine, columns), describeOrigin(givers), {
        ...options,
        winner: 'existing',
        rejected: joinCounts(givers.flatMap(({ rejected }) => rejected)),
      });
      repaired.push(...report.repaired);
    }
  }
  return repaired;
}

function describeOrigin(givers: readonly Contributor[]): PutProvenance {
  const [{ source }] = givers as [Contributor];
  // The earliest speaks for all: what was not final then may still have changed.
  const got = Math.min(...givers.map(({ survey }) => survey.modified));
  return {
    provider: source.claim.provider,
    via: 'migrate',
    fetchedAt: formatInstant(got),
    checksum: joinHashes(givers.map(({ survey }) => survey.sha256)),
    derived: source.claim.derived,
  };
}

/** One file's own hash, or the hash of all their hashes in ascending order, a line each. */
function joinHashes(hashes: readonly string[]): string {
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  return createHash('sha256')
    .update(
      [...hashes]
        .sort()
        .map((hash) => `${hash}\n`)
        .join(''),
    )
    .digest('hex');
}

function joinCounts(counts: readonly Rejected[]): Rejected[] {
  const sums = new Map<string, number>();
  for (const { reason, count } of counts) sums.set(reason, (sums.get(reason) ?? 0) + count);
  return [...sums].map(([reason, count]) => ({ reason, count }));
}
