import { DAY } from '../../market/timeframe.js';
import type { Limits } from '../../provider/index.js';
import type { SeriesPlan } from './plan-series.js';

export interface CostEstimate {
  readonly requests: number;
  readonly weight: number;
  readonly bytes: number;
  readonly quotaDays: number;
  readonly etaSeconds: number;
}

export interface ProviderFacts {
  readonly limits: Limits;
  /** What is left today of its daily allowance, where it has one. */
  readonly leftToday?: number | undefined;
}

/** A request's round trip, and a file's: for estimates alone. */
const REQUEST_S = 0.3;
const FILE_S = 1;

/** What plans will take: providers work side by side, the slowest decides. */
export function estimateCost(plans: readonly SeriesPlan[], facts: ReadonlyMap<string, ProviderFacts>): CostEstimate {
  const tasks = plans.flatMap((plan) => plan.tasks);
  const sum = (of: (task: (typeof tasks)[number]) => number): number =>
    tasks.reduce((total, task) => total + of(task), 0);
  let quotaDays = 0;
  let etaSeconds = 0;
  for (const provider of new Set(tasks.map((task) => task.ask.choice.provider))) {
    const own = tasks.filter((task) => task.ask.choice.provider === provider);
    const known = facts.get(provider);
    if (known === undefined) continue;
    const live = own.filter((task) => task.via === 'live').reduce((total, task) => total + task.requests, 0);
    const files = own.length - own.filter((task) => task.via === 'live').length;
    quotaDays = Math.max(quotaDays, daysOf(live, known));
    etaSeconds = Math.max(etaSeconds, secondsOf(live, files, known.limits));
  }
  return {
    requests: sum((task) => task.requests),
    weight: sum((task) => task.weight),
    bytes: sum((task) => task.bytes ?? 0),
    quotaDays,
    etaSeconds: Math.round(etaSeconds),
  };
}

/** Days on which something must be asked: today's rest first, then whole allowances. */
function daysOf(requests: number, { limits, leftToday }: ProviderFacts): number {
  if (requests === 0) return 0;
  const daily = Object.values(limits.pools)
    .flatMap((pool) => pool.windows)
    .filter((window) => window.perMs >= DAY)
    .map((window) => window.max / (window.perMs / DAY));
  if (daily.length === 0) return 0;
  const most = Math.min(...daily);
  const today = leftToday ?? most;
  return requests <= today ? 1 : 1 + Math.ceil((requests - today) / most);
}

function secondsOf(requests: number, files: number, { pools }: Limits): number {
  const main = Object.values(pools);
  const concurrency = Math.max(1, ...main.map((pool) => pool.concurrency));
  const paced = main
    .flatMap((pool) => pool.windows)
    .filter((window) => window.perMs < DAY)
    .map((window) => Math.max(0, requests - window.max) * (window.perMs / 1000 / window.max));
  return Math.max((requests * REQUEST_S + files * FILE_S) / concurrency, ...paced);
}
