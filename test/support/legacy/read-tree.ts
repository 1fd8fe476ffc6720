import type { Claim, Refused } from '../../../src/legacy/reader.js';
import { READERS } from '../../../src/legacy/readers.js';
import { scanTree } from '../../../src/legacy/scan-tree.js';
import type { SourceTree } from '../../../src/legacy/source-tree.js';
import { listRows } from '../make-bars.js';

export interface TreeRead {
  readonly claims: readonly Claim[];
  readonly refused: readonly (Refused & { readonly path: string })[];
  readonly foreign: readonly string[];
  /** By symbol and timeframe, of all files in the order of their names, each time once: the first file's last row stands. */
  readonly rows: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** Everything the readers of typed columns make of a tree. */
export async function readTree(tree: SourceTree, zone?: string): Promise<TreeRead> {
  const claims: Claim[] = [];
  const refused: (Refused & { path: string })[] = [];
  const foreign: string[] = [];
  const rows: Record<string, number[][]> = {};
  const columns: Record<string, readonly string[]> = {};
  for await (const found of scanTree(tree, READERS)) {
    if (found.kind === 'refused') refused.push({ path: found.path, ...found.refused });
    if (found.kind === 'foreign') foreign.push(found.path);
    if (found.kind !== 'claimed') continue;
    const { claim, reader } = found;
    claims.push(claim);
    const key = `${claim.symbol} ${claim.timeframe}`;
    const series = rows[key] ?? [];
    rows[key] = series;
    const own = new Map<number, number[]>();
    for await (const bars of reader.read(claim, tree, { now: Date.UTC(2026, 10, 21), zone })) {
      columns[key] = bars.columns;
      for (const row of listRows(bars)) own.set(row[0] as number, row);
    }
    series.push(...own.values());
  }
  for (const key of Object.keys(rows)) {
    const seen = new Set<number | undefined>();
    rows[key] = (rows[key] ?? []).filter(([time]) => !seen.has(time) && seen.add(time));
  }
  return { claims, refused, foreign, rows, columns };
}
