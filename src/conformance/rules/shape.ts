import { TIMEFRAMES } from '../../market/timeframe.js';
import type { Capabilities, Pool, TimeframeCapability } from '../../provider/index.js';
import { createHost } from '../../sources/host/create-host.js';
import { findShapeFault } from '../../sources/registry/check-shape.js';
import type { Rule } from '../rule.js';
import { NotTried } from '../verdict.js';

export const shape: Rule = {
  id: 'shape',
  name: 'it is a provider of this contract, by its members and their types',
  async find({ given }) {
    const fault = findShapeFault(given.provider);
    return fault === undefined ? undefined : { reason: fault };
  },
};

export const defaults: Rule = {
  id: 'default-options',
  name: 'its options can do without anything but what is required',
  async find({ given }) {
    const required = given.provider.credentials?.filter((each) => each.required) ?? [];
    const least = Object.fromEntries(required.map(({ option }) => [option, 'a-key-for-trying']));
    try {
      await (await createHost(given.provider, { options: least })).close();
      return undefined;
    } catch (error) {
      return { reason: 'its options schema, or its capabilities, refuse the defaults', evidence: [String(error)] };
    }
  },
};

export const capabilities: Rule = {
  id: 'capabilities',
  name: 'its capabilities make sense: known timeframes, whole costs that fit their windows, hosts that are URLs',
  async find(lab) {
    const stated = await lab.inHost({}, async (host) => lab.given.provider.capabilities(host.context.options));
    const faults = [...faultsOfLimits(stated), ...faultsOfHosts(stated), ...faultsOfMarkets(stated)];
    return faults.length === 0 ? undefined : { reason: faults[0] as string, evidence: faults.slice(1) };
  },
};

export const samples: Rule = {
  id: 'samples',
  name: 'its samples can be asked for: a known one within reach, an unknown one that looks like one of its own',
  async find(lab) {
    const subject = await lab.lookAtSubject().catch((error: unknown) => {
      throw new NotTried(`its options or capabilities fail: ${String(error)}`);
    });
    return typeof subject === 'string' ? { reason: subject } : undefined;
  },
};

const isWhole = (value: number): boolean => Number.isInteger(value) && value > 0;

function* faultsOfLimits({ limits, markets }: Capabilities): Generator<string> {
  const pools = Object.entries(limits.pools);
  if (pools.length === 0) yield 'it states no limits: a pool with a concurrency is the least';
  for (const [name, pool] of pools) yield* faultsOfPool(name, pool);
  const windows = pools.flatMap(([, pool]) => pool.windows);
  for (const offer of markets.flatMap((market) => market.timeframes)) {
    for (const [name, weight] of Object.entries(offer.cost ?? {})) {
      const fitting = windows.filter((window) => window.name === name);
      if (fitting.length === 0) yield `${offer.timeframe} costs ${weight} in a window ${name} that no pool has`;
      else if (!fitting.some(({ max }) => weight <= max))
        yield `${offer.timeframe} costs ${weight} of ${name}, more than it holds`;
      if (!Number.isInteger(weight) || weight < 0)
        yield `${offer.timeframe} costs ${weight} of ${name}: not a whole number`;
    }
  }
}

function* faultsOfPool(name: string, { concurrency, windows }: Pool): Generator<string> {
  if (!isWhole(concurrency)) yield `pool ${name} has a concurrency of ${concurrency}`;
  const seen = new Set<string>();
  for (const window of windows) {
    if (seen.has(window.name)) yield `pool ${name} has two windows called ${window.name}`;
    seen.add(window.name);
    if (!isWhole(window.max) || !isWhole(window.perMs)) {
      yield `window ${window.name} of pool ${name} lets ${window.max} through in ${window.perMs} ms: not whole numbers above zero`;
    }
  }
}

function* faultsOfHosts({ hosts }: Capabilities): Generator<string> {
  if (hosts.length === 0) yield 'it names no host';
  for (const host of hosts) {
    const protocol = URL.canParse(host) ? new URL(host).protocol : undefined;
    if (protocol === undefined || !/^(https?|wss?):$/.test(protocol)) yield `host ${host} is not a http or ws URL`;
  }
}

function* faultsOfMarkets({ markets }: Capabilities): Generator<string> {
  if (markets.length === 0) yield 'it has no market';
  for (const { assetClass, market, timeframes } of markets) {
    const name = market === undefined ? assetClass : `${assetClass}@${market}`;
    if (timeframes.length === 0) yield `${name} has no timeframe`;
    const seen = new Set<string>();
    for (const offer of timeframes) {
      if (seen.has(offer.timeframe)) yield `${name} has ${offer.timeframe} twice`;
      seen.add(offer.timeframe);
      yield* faultsOfOffer(name, offer);
    }
  }
}

function* faultsOfOffer(
  name: string,
  { timeframe, barsPerRequest, reach, finality }: TimeframeCapability,
): Generator<string> {
  if (!TIMEFRAMES.includes(timeframe)) yield `${name} has ${timeframe}, which is no timeframe`;
  if (!isWhole(barsPerRequest)) yield `${name} ${timeframe} brings ${barsPerRequest} bars a request`;
  const far = reach === undefined ? 1 : 'age' in reach ? reach.age : reach.since + Number.EPSILON;
  if (!Number.isFinite(far) || (reach !== undefined && 'age' in reach && reach.age <= 0))
    yield `${name} ${timeframe} reaches ${far} ms back`;
  if (finality !== undefined && !(finality >= 0)) yield `${name} ${timeframe} is final after ${finality} ms`;
}
