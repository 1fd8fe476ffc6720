import { DAY } from '../../market/timeframe.js';
import type { Limits } from '../../provider/index.js';

/** Something that will be asked of a provider. */
export interface Work {
  readonly provider: string;
  /** A whole file of its archive, or requests of its API. */
  readonly kind: 'file' | 'live';
  readonly requests: number;
  readonly weight: number;
  readonly bytes?: number | undefined;
}

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

/** What it will take: providers work side by side, the slowest decides. */
export function estimateCost(works: readonly Work[], facts: ReadonlyMap<string, ProviderFacts>): CostEstimate {
  let quotaDays = 0;
  let etaSeconds = 0;
  for (const [provider, known] of facts) {
    const own = works.filter((work) => work.provider === provider);
    const live = own.filter(({ kind }) => kind === 'live');
    const requests = live.reduce((sum, work) => sum + work.requests, 0);
    quotaDays = Math.max(quotaDays, daysOf(requests, known));
    etaSeconds = Math.max(etaSeconds, secondsOf(requests, own.length - live.length, known.limits));
  }
  return {
    requests: works.reduce((sum, { requests }) => sum + requests, 0),
    weight: works.reduce((sum, { weight }) => sum + weight, 0),
    bytes: works.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
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
