import type { Claim, LegacyReader, ReadOptions } from '../../../src/legacy/reader.js';
import { READERS } from '../../../src/legacy/readers.js';
import { type Scanned, scanTree } from '../../../src/legacy/scan-tree.js';
import type { SourceTree } from '../../../src/legacy/source-tree.js';
import { type Bars, concatBars } from '../../../src/market/bars.js';
import { memoryTree } from './memory-tree.js';
import type { OldFile } from './old-file.js';

export interface Found {
  readonly tree: SourceTree;
  readonly all: readonly Scanned[];
  readonly claims: readonly Claim[];
  /** Path → code. */
  readonly refused: Readonly<Record<string, string>>;
  /** The rows of all claimed files, in the order of their names. */
  read(options?: Partial<ReadOptions>): Promise<Bars>;
}

/** What the readers make of old files, without a disk. */
export async function scanOldFiles(
  files: readonly OldFile[],
  readers: readonly LegacyReader[] = READERS,
): Promise<Found> {
  const tree = memoryTree(files);
  const all: Scanned[] = [];
  for await (const scanned of scanTree(tree, readers)) all.push(scanned);
  const claimed = all.filter((each) => each.kind === 'claimed');
  const refusals = all.filter((each) => each.kind === 'refused').map(({ path, refused }) => [path, refused.code]);
  return {
    tree,
    all,
    claims: claimed.map(({ claim }) => claim),
    refused: Object.fromEntries(refusals),
    read: async (options = {}) => {
      const parts: Bars[] = [];
      for (const { reader, claim } of claimed) {
        for await (const bars of reader.read(claim, tree, { now: Date.UTC(2026, 10, 1), ...options })) parts.push(bars);
      }
      return concatBars(parts);
    },
  };
}
