import { TIMEFRAMES, type Timeframe } from '../../market/timeframe.js';
import type { PluginFacts } from '../../sources/registry/plugin-facts.js';
import type { PreparedProvider } from '../../sources/registry/prepare-provider.js';

/** `needed`: it cannot work before it has one. `optional`: it works without. */
export type KeyNeed = 'none' | 'optional' | 'needed' | 'set';

export interface ListedProvider {
  readonly id: string;
  readonly title: string;
  readonly assetClasses: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly key: KeyNeed;
  readonly plugin: PluginFacts;
  /** Why it cannot be used as things are; absent where it can. */
  readonly problem?: string;
  readonly suggestion?: string;
}

/** What is installed, by id, whether it can be used or not. */
export function listProviders(providers: readonly PreparedProvider[]): ListedProvider[] {
  return providers.map((prepared) => {
    const { provider, plugin } = prepared;
    const markets = prepared.ready ? prepared.capabilities.markets : [];
    const offered = new Set(markets.flatMap(({ timeframes }) => timeframes.map(({ timeframe }) => timeframe)));
    return {
      id: provider.id,
      title: provider.title,
      assetClasses: [...new Set(markets.map(({ assetClass }) => assetClass))].sort(),
      timeframes: TIMEFRAMES.filter((timeframe) => offered.has(timeframe)),
      key: judgeKeys(prepared.keys),
      plugin,
      ...(prepared.ready ? {} : problemOf(prepared)),
    };
  });
}

function problemOf({ problem, suggestion }: { readonly problem: string; readonly suggestion?: string }) {
  return suggestion === undefined ? { problem } : { problem, suggestion };
}

/** One word for all its keys: the worst of them. */
function judgeKeys(keys: PreparedProvider['keys']): KeyNeed {
  if (keys.length === 0) return 'none';
  if (keys.some(({ required, set }) => required && !set)) return 'needed';
  return keys.some(({ set }) => set) ? 'set' : 'optional';
}
