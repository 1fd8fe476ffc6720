import type { Cost, Limits, Pool, Usage, Window } from '../../../provider/index.js';
import type { MakeHostError } from '../host-error.js';
import { sleep } from '../waiting.js';
import { Lane } from './lane.js';
import { type Lease, takePlace } from './lease.js';
import { adopt, costIn, EMPTY_LEDGER, fill, type Ledger, type Refused, remaining, spend } from './ledger.js';
import { readShared, type Shared } from './shared-limits.js';
import type { SharedState } from './shared-state.js';

export interface TurnstileOptions {
  readonly limits: Limits;
  readonly state: SharedState;
  /** The name the state is kept by: one for each provider and each place it is asked at. */
  readonly scope: string;
  readonly longestWaitMs: number;
  readonly error: MakeHostError;
  readonly signal: AbortSignal;
}

const MAIN_POOL = 'main';

/**
 * Every request passes here before it is sent: a place among the pool's few at once, a token of each bucket (this
 * process), an open gate and room in each window (all processes). A ban shuts the gate for everybody, also for the
 * next run.
 */
export class Turnstile {
  readonly #lanes = new Map<string, Lane>();

  constructor(private readonly options: TurnstileOptions) {
    for (const [name, pool] of Object.entries(options.limits.pools)) this.#lanes.set(name, new Lane(pool));
  }

  /** A place among the pool's few at once, given when the request may be sent. */
  async enter(pool: string | undefined, cost: Cost): Promise<Lease> {
    const lease = await takePlace(this.#lane(pool ?? MAIN_POOL).places);
    try {
      await this.wait(pool, cost);
      return lease;
    } catch (error) {
      lease.leave();
      throw error;
    }
  }

  /** Waits for its turn without taking a place: a socket's messages are many on one connection. */
  async wait(pool: string | undefined, cost: Cost): Promise<void> {
    const name = pool ?? MAIN_POOL;
    const lane = this.#lane(name);
    for (const window of lane.pool.windows) {
      const weight = costIn(window, cost);
      if (!Number.isInteger(weight) || weight < 0 || weight > window.max) {
        throw this.options.error(
          'UNSUPPORTED',
          `a request that costs ${weight} does not fit a window of ${window.max} ${window.name}`,
        );
      }
      await lane.buckets.get(window.name)?.take(weight, this.options.signal);
    }
    for (;;) {
      this.options.signal.throwIfAborted();
      const until = await this.#enter(name, lane.pool, cost);
      if (until === undefined) return;
      await sleep(until - Date.now(), this.options.signal);
    }
  }

  /** Shuts the pool's gate: nothing is sent before `until`, by anybody, also after a restart. */
  async shut(pool: string | undefined, until: number): Promise<void> {
    const gate = this.#gateOf(pool ?? MAIN_POOL);
    await this.#update((shared) => ({
      ...shared,
      gates: { ...shared.gates, [gate]: Math.max(until, shared.gates[gate] ?? 0) },
    }));
  }

  /** The provider says that its longest window is used up: believed over our own count. */
  async exhaust(pool: string | undefined, until: number | undefined): Promise<void> {
    const name = pool ?? MAIN_POOL;
    const longest = [...this.#lane(name).pool.windows].sort((a, b) => b.perMs - a.perMs)[0];
    if (longest !== undefined && longest.perMs > SHORT_MS) {
      await this.#change(name, (ledger) => fill(ledger, longest, Date.now()));
    } else await this.shut(pool, until ?? Date.now() + SHORT_MS);
  }

  async report(usage: Usage): Promise<void> {
    const name = usage.pool ?? MAIN_POOL;
    const { windows } = this.#lane(name).pool;
    await this.#change(name, (ledger) => adopt(ledger, windows, usage.used, Date.now()));
  }

  /** What is left of each window, for plans and for people. */
  async left(pool: string | undefined): Promise<readonly { readonly window: Window; readonly left: number }[]> {
    const name = pool ?? MAIN_POOL;
    const { windows } = this.#lane(name).pool;
    const shared = await this.options.state.update(this.options.scope, (current) => ({ result: readShared(current) }));
    const ledger = shared.pools[name] ?? EMPTY_LEDGER;
    return windows.map((window) => ({ window, left: remaining(ledger, window, Date.now()) }));
  }

  close(): void {
    for (const lane of this.#lanes.values()) lane.close();
  }

  /** Undefined when entered; else when to try again. Throws where that is too far away to wait for. */
  async #enter(name: string, pool: Pool, cost: Cost): Promise<number | undefined> {
    const gate = this.#gateOf(name);
    let now = 0;
    const verdict = await this.options.state.update<Verdict>(this.options.scope, (current) => {
      // Only now is it this process' turn with the ledger: an entry dated earlier would leave its window too soon.
      now = Date.now();
      const shared = readShared(current);
      const shut = shared.gates[gate];
      if (shut !== undefined && shut > now) return { result: { shut } };
      if (pool.windows.length === 0) return { result: {} };
      const next = spend(shared.pools[name] ?? EMPTY_LEDGER, pool.windows, cost, now);
      if ('until' in next) return { result: { refused: next } };
      return { next: { ...shared, pools: { ...shared.pools, [name]: next } }, result: {} };
    });
    if (verdict.shut !== undefined) {
      if (verdict.shut - now <= this.options.longestWaitMs) return verdict.shut;
      throw this.options.error('THROTTLED', `it wants no requests before ${instant(verdict.shut)}`, {
        until: verdict.shut,
      });
    }
    if (verdict.refused === undefined) return undefined;
    const { window, until } = verdict.refused;
    if (until - now <= Math.max(this.options.longestWaitMs, window.perMs <= SHORT_MS ? window.perMs * 1.1 : 0))
      return until;
    throw this.options.error(
      'QUOTA',
      `the ${window.max} requests of its ${window.name} are used up until ${instant(until)}`,
      { until },
    );
  }

  #change(name: string, change: (ledger: Ledger) => Ledger): Promise<void> {
    return this.#update((shared) => ({
      ...shared,
      pools: { ...shared.pools, [name]: change(shared.pools[name] ?? EMPTY_LEDGER) },
    }));
  }

  #update(change: (shared: Shared) => Shared): Promise<void> {
    return this.options.state.update(this.options.scope, (current) => ({
      next: change(readShared(current)),
      result: undefined,
    }));
  }

  #gateOf(name: string): string {
    return this.#lane(name).pool.gate ?? 'provider';
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name);
    if (lane === undefined) throw this.options.error('UNSUPPORTED', `it has no pool of requests called ${name}`);
    return lane;
  }
}

interface Verdict {
  readonly shut?: number;
  readonly refused?: Refused;
}

/** Windows up to this long are waited for; the end of a longer one is an answer, not a pause. */
const SHORT_MS = 5 * 60_000;

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
