import type { LegacyReader } from '../../legacy/reader.js';
import { scanTree } from '../../legacy/scan-tree.js';
import type { SourceTree } from '../../legacy/source-tree.js';
import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import { matchGlob } from '../../sources/route/match-glob.js';
import { isFailureRegistry } from './import-failures.js';
import type { Refusal, Source } from './source.js';

/** What of a tree is wanted; absent means all. */
export interface SourceFilter {
  readonly layouts?: readonly string[] | undefined;
  /** `*` stands for anything. */
  readonly symbols?: readonly string[] | undefined;
  readonly timeframes?: readonly Timeframe[] | undefined;
}

export interface Scanned {
  readonly sources: readonly Source[];
  readonly refusals: readonly Refusal[];
  /** Files nobody knows. */
  readonly foreign: readonly string[];
  /** Layouts found before the filter. */
  readonly layouts: readonly string[];
  /** Lists of archive files that failed their checksum. */
  readonly registries: readonly string[];
}

export async function scanSources(
  tree: SourceTree,
  readers: readonly LegacyReader[],
  filter: SourceFilter,
  signal: AbortSignal | undefined,
): Promise<Scanned> {
  const sources: Source[] = [];
  const refusals: Refusal[] = [];
  const foreign: string[] = [];
  const registries: string[] = [];
  const layouts = new Set<string>();
  for await (const found of scanTree(tree, readers, { signal })) {
    if (isFailureRegistry(found.path)) registries.push(found.path);
    else if (found.kind === 'foreign') foreign.push(found.path);
    else if (found.kind === 'refused') {
      const { layout } = found.refused;
      if (filter.layouts === undefined || layout === undefined || filter.layouts.includes(layout))
        refusals.push({ path: found.path, ...found.refused });
    } else {
      layouts.add(found.claim.layout);
      if (!isWanted(found, filter)) continue;
      const odd = refuseSymbol(found);
      if (odd === undefined) sources.push(found);
      else refusals.push(odd);
    }
  }
  return { sources, refusals, foreign, layouts: [...layouts].sort(), registries };
}

function isWanted({ claim }: Source, { layouts, symbols, timeframes }: SourceFilter): boolean {
  return (
    (layouts === undefined || layouts.includes(claim.layout)) &&
    (symbols === undefined || symbols.some((pattern) => matchGlob(pattern, claim.symbol))) &&
    (timeframes === undefined || timeframes.includes(claim.timeframe))
  );
}

/** A folder's name need not be a symbol that a cache can hold. */
function refuseSymbol({ claim }: Source): Refusal | undefined {
  try {
    parseSymbol(claim.symbol);
    return undefined;
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    return { path: claim.path, layout: claim.layout, code: 'NO_SYMBOL', reason: error.message };
  }
}
