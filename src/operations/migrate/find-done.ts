import type { SourceTree } from '../../legacy/source-tree.js';
import type { Series } from '../../store/face.js';
import { type AssumedZones, nameZone } from './choose-zone.js';
import { statSource } from './hash-source.js';
import { type JournalEntry, recall } from './journal.js';
import type { Source } from './source.js';
import type { Survey } from './survey-source.js';

/** What an earlier run knows of a file that has not changed since. */
export async function recallSource(
  { claim }: Source,
  tree: SourceTree,
  zones: AssumedZones,
  journal: ReadonlyMap<string, JournalEntry>,
): Promise<Survey | undefined> {
  const before = journal.get(claim.path);
  if (before === undefined) return undefined;
  const now = await statSource(tree, claim.path).catch(() => undefined);
  return now && recall(before, claim, now, nameZone(claim, zones));
}

/** How many rows a series has in each block: what was proved once may have been removed since. */
export async function countStored(series: Series): Promise<ReadonlyMap<string, number>> {
  const { blocks } = await series.coverage();
  const counts = new Map<string, number>();
  for (const { period, rows } of blocks) counts.set(period, (counts.get(period) ?? 0) + rows);
  return counts;
}

export function isStillThere({ periods }: Survey, stored: ReadonlyMap<string, number>): boolean {
  return [...periods].every(([period, rows]) => (stored.get(period) ?? 0) >= rows);
}
