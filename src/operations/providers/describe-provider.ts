import type { Timeframe } from '../../market/timeframe.js';
import type { MarketCapability, Pool, TimeframeCapability } from '../../provider/index.js';
import type { PreparedProvider } from '../../sources/registry/prepare-provider.js';
import type { Key } from '../../sources/registry/read-keys.js';
import type { Rule } from '../../sources/route/rule.js';
import { type ListedProvider, listProviders } from './list-providers.js';

/** One timeframe of one market, as plain data. */
export interface OfferedTimeframe {
  readonly assetClass: string;
  readonly market: string | null;
  readonly timeframe: Timeframe;
  /** ISO instant it begins at; null where no end is known. */
  readonly reachesTo: number | null;
  /** Milliseconds before now, where the reach moves with time. */
  readonly reachAge: number | null;
  readonly barsPerRequest: number;
  readonly volume: MarketCapability['volume'];
  readonly derived: boolean;
  readonly grid: 'clock' | 'session';
  readonly archive: readonly string[];
}

/** As in the settings: a window replaces the provider's of the same name. */
export interface OwnLimit {
  readonly concurrency?: number | undefined;
  readonly windows?: readonly { readonly name: string; readonly max: number; readonly perMs: number }[] | undefined;
}

export interface DescribedProvider extends ListedProvider {
  readonly site: string | null;
  readonly offers: readonly OfferedTimeframe[];
  readonly pools: Readonly<Record<string, Pool>>;
  /** What the settings say instead, window by window. */
  readonly ownLimit: OwnLimit | null;
  readonly hosts: readonly string[];
  readonly keys: readonly Key[];
  /** The rules that ask it first, and those that let it close holes. */
  readonly routes: readonly { readonly rule: string; readonly as: 'provider' | 'fill' }[];
}

/** Everything a person may want to know of a provider before trusting it with a job. Nothing is asked of it. */
export function describeProvider(
  prepared: PreparedProvider,
  rules: readonly Rule[],
  now: number,
  ownLimit?: OwnLimit,
): DescribedProvider {
  const [listed] = listProviders([prepared]) as [ListedProvider];
  const { id, site = null } = prepared.provider;
  const capabilities = prepared.ready ? prepared.capabilities : undefined;
  return {
    ...listed,
    site,
    offers: (capabilities?.markets ?? []).flatMap((market) =>
      market.timeframes.map((timeframe) => describeTimeframe(market, timeframe, now)),
    ),
    pools: capabilities?.limits.pools ?? {},
    ownLimit: ownLimit ?? null,
    hosts: capabilities?.hosts ?? [],
    keys: prepared.keys,
    routes: rules.flatMap(({ name, providers, fill = [] }) => [
      ...(providers.includes(id) ? [{ rule: name, as: 'provider' as const }] : []),
      ...(fill.includes(id) ? [{ rule: name, as: 'fill' as const }] : []),
    ]),
  };
}

function describeTimeframe(market: MarketCapability, offered: TimeframeCapability, now: number): OfferedTimeframe {
  const { reach } = offered;
  return {
    assetClass: market.assetClass,
    market: market.market ?? null,
    timeframe: offered.timeframe,
    reachesTo: reach === undefined ? null : 'since' in reach ? reach.since : now - reach.age,
    reachAge: reach !== undefined && 'age' in reach ? reach.age : null,
    barsPerRequest: offered.barsPerRequest,
    volume: market.volume,
    derived: offered.derived ?? false,
    grid: offered.grid ?? 'clock',
    archive: offered.archive ?? [],
  };
}
