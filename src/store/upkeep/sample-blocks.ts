/** How much of the cache one audit reads: a share of all blocks, or so many. */
export type SampleSize = { readonly percent: number } | { readonly blocks: number };

export interface Sample {
  readonly keys: readonly string[];
  /** Where the next one goes on. */
  readonly at: string | undefined;
  /** It came past the end: since the last time it did, every block was read. */
  readonly turned: boolean;
}

/**
 * The next part of all blocks after `at`, round and round. Blocks are known by their place and not by their number, so
 * that a cache may grow between two audits and none is passed over.
 */
export function sampleBlocks(keys: readonly string[], size: SampleSize, at: string | undefined): Sample {
  const sorted = [...keys].sort();
  const wanted = 'blocks' in size ? size.blocks : Math.ceil((sorted.length * size.percent) / 100);
  const count = Math.min(sorted.length, Math.max(wanted, 1));
  const next = at === undefined ? 0 : sorted.findIndex((key) => key > at);
  const start = Math.max(next, 0);
  const picked = Array.from({ length: count }, (_, i) => sorted[(start + i) % sorted.length] as string);
  return { keys: picked, at: picked.at(-1), turned: sorted.length > 0 && start + count >= sorted.length };
}
