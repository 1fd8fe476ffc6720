import type { Store } from '../../store/face.js';
import { filterSeries, type SeriesFilter } from '../series/filter-series.js';
import { describePrunable } from './describe-prunable.js';
import { type PrunableSeries, type PruneRule, planPrune, type SeriesCut, sizeOf } from './plan-prune.js';
import { type Pruning, toPruning } from './prune.js';

export interface FoundPrunings {
  readonly prunings: readonly Pruning[];
  readonly warnings: readonly string[];
}

/** What a rule takes of the series a filter lets through; nothing is touched. */
export async function findPrunings(store: Store, filter: SeriesFilter, rule: PruneRule): Promise<FoundPrunings> {
  const all: PrunableSeries[] = [];
  for (const { symbol, timeframe } of filterSeries(store, await store.list(), filter))
    all.push(await describePrunable(store.series(symbol, timeframe)));
  const cuts = planPrune(all, rule);
  return { prunings: cuts.map(toPruning), warnings: rule.kind === 'max-size' ? tooSmall(all, cuts, rule.bytes) : [] };
}

function tooSmall(all: readonly PrunableSeries[], cuts: readonly SeriesCut[], most: number): string[] {
  const total = (of: readonly Pick<SeriesCut, 'pieces'>[]): number =>
    of.reduce((sum, { pieces }) => sum + sizeOf(pieces), 0);
  const rest = total(all) - total(cuts);
  if (rest <= most) return [];
  return [`the last block of each series stays, ${rest} bytes in all; almanac cache remove takes a series whole`];
}
