import { DAY } from '../../market/timeframe.js';
import type { Host } from '../../sources/host/create-host.js';
import { type CostEstimate, estimateCost, type ProviderFacts, type Work } from './estimate-cost.js';
import type { SeriesPlan } from './plan-series.js';

/** What plans will take, with what is really left of each provider's allowance; nothing is asked of anybody. */
export function estimatePlans(
  plans: readonly SeriesPlan[],
  openHost: (provider: string) => Promise<Host>,
): Promise<CostEstimate> {
  const tasks = plans.flatMap((plan) => plan.tasks);
  return estimateWorks(
    tasks.map(({ ask, via, requests, weight, bytes }) => ({
      ...{ provider: ask.choice.provider, requests, weight, bytes },
      kind: via === 'live' ? 'live' : 'file',
    })),
    openHost,
  );
}

export async function estimateWorks(
  works: readonly Work[],
  openHost: (provider: string) => Promise<Host>,
): Promise<CostEstimate> {
  const facts = new Map<string, ProviderFacts>();
  for (const provider of new Set(works.map((work) => work.provider))) {
    const { capabilities, turnstile } = await openHost(provider);
    const lefts = await Promise.all(Object.keys(capabilities.limits.pools).map((pool) => turnstile.left(pool)));
    const daily = lefts.flat().filter(({ window }) => window.perMs >= DAY);
    const leftToday = daily.length === 0 ? undefined : Math.min(...daily.map(({ left }) => left));
    facts.set(provider, { limits: capabilities.limits, leftToday });
  }
  return estimateCost(works, facts);
}
