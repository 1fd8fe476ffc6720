import { parseSymbol } from '../../market/symbol.js';
import type { DescribePlan } from '../../sources/route/find-plan.js';
import type { Choice, Routed, RouteRequest } from '../../sources/route.js';
import type { SeriesInfo } from '../../store/face.js';
import type { Hole } from '../coverage/coverage.js';

export interface Alternates {
  /** Whom to ask, in this order. */
  readonly choices: readonly Choice[];
  /** Those who have the symbol and cannot be asked for this hole, each with its reason. */
  readonly unable: readonly { readonly provider: string; readonly reason: string }[];
}

export interface AlternateTools {
  readonly route: (request: Omit<RouteRequest, 'now'>) => Routed;
  /** `--provider`: this one alone. */
  readonly provider?: string | undefined;
  readonly describePlan: DescribePlan;
}

/** Everybody who may fill a hole, but for those whose hole it is. */
export async function findAlternates(
  { symbol, timeframe, assetClass }: Pick<SeriesInfo, 'symbol' | 'timeframe' | 'assetClass'>,
  hole: Hole,
  besides: readonly string[],
  { route, provider, describePlan }: AlternateTools,
): Promise<Alternates> {
  const request = { symbol: parseSymbol(symbol, assetClass), timeframe, range: hole, provider };
  const { choices, refused } = route({ ...request, purpose: 'fill' });
  const others = <T extends { readonly provider: string }>(each: T): boolean => !besides.includes(each.provider);
  const unable = refused.filter((each) => each.stranger !== true).filter(others);
  if (provider !== undefined && besides.includes(provider)) {
    const reason = 'its own bars lie beside the gap, and cache update is what asks it again';
    return { choices: [], unable: [{ provider, reason }] };
  }
  return {
    choices: choices.filter(others),
    unable: await Promise.all(
      unable.map(async (each) => ({
        provider: each.provider,
        reason: `${withRemedy(each)}${await describePlan(each.provider, request)}`,
      })),
    ),
  };
}

function withRemedy({ reason, remedy }: { readonly reason: string; readonly remedy?: string }): string {
  return remedy === undefined ? reason : `${reason} (${remedy})`;
}
