import type { AnyProvider, BarRequest, Capabilities, Pool } from '../provider/index.js';
import { Redactor } from '../settings/redactor.js';
import { createHost, type Host } from '../sources/host/create-host.js';
import { AxiosTransport } from '../sources/host/http/axios-transport.js';
import type { Transport } from '../sources/host/http/transport.js';
import { createMemoryState } from '../sources/host/limits/shared-state.js';
import { type Run, readBatch, type SeenRow } from './run.js';
import { findSubject, type Subject } from './subject.js';
import { NotTried } from './verdict.js';
import { type Tamper, type Tape, WatchedTransport } from './watched-transport.js';

export interface CheckOptions {
  readonly provider: AnyProvider;
  /** Its part of the settings, as for any run: point it at the sandbox here. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The data clock, for a server that lives in another time. */
  readonly now?: () => number;
  /** `stated`: as slowly as its limits ask, for a real server. `free`: without windows, for one of one's own. */
  readonly pace?: 'stated' | 'free';
  /** In place of the network. */
  readonly transport?: () => Transport;
  /** Rules not to try, and why. */
  readonly skip?: readonly { readonly rule: string; readonly reason: string }[];
  /** The longest one run may take, in ms. */
  readonly patienceMs?: number;
}

export interface Trial {
  /** A fault is met: nothing is tried again or waited for. */
  readonly impatient?: boolean;
  readonly tamper?: Tamper;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly debug?: (line: string) => void;
  /** Called after each batch, with how many came and how many requests have been sent. */
  readonly onBatch?: (count: number, sent: number) => void;
}

/** Where a provider is tried: each trial in a real host of its own, admission left out, the network watched. */
export class Lab {
  readonly provider: AnyProvider;
  readonly given: CheckOptions;
  readonly redactor = new Redactor();
  readonly #tape: Tape = new Map();
  /** One for all undisturbed trials: together they stay below the provider's limits. */
  readonly #state = createMemoryState();
  #known: Promise<Run> | undefined;
  #subject: Promise<Subject | string> | undefined;

  constructor(given: CheckOptions) {
    this.given = given;
    this.provider = given.provider;
  }

  now(): number {
    return (this.given.now ?? Date.now)();
  }

  /** The subject or what is wrong with it: for the rule about samples. */
  lookAtSubject(): Promise<Subject | string> {
    this.#subject ??= this.inHost({}, async (host) => findSubject(this.provider, host.context.options, this.now()));
    return this.#subject;
  }

  async subject(): Promise<Subject> {
    const subject = await this.lookAtSubject().catch((cause: unknown) => String(cause));
    if (typeof subject === 'string') throw new NotTried(`there is no usable sample: ${subject}`);
    return subject;
  }

  /** The sample asked for once, undisturbed, for every rule that looks at rows. */
  lookAtKnown(): Promise<Run> {
    this.#known ??= this.subject().then(({ known }) => this.ask(known));
    return this.#known;
  }

  async known(): Promise<Run> {
    const run = await this.lookAtKnown();
    if (run.outcome !== 'ended' || run.rows.length === 0) throw new NotTried('its sample could not be had');
    return run;
  }

  async inHost<T>(trial: Trial, work: (host: Host, watched: WatchedTransport) => Promise<T>): Promise<T> {
    const spoiled = trial.tamper !== undefined || trial.impatient === true;
    const paced = this.given.pace === 'stated' && !spoiled;
    const watched = new WatchedTransport(this.given.transport?.() ?? new AxiosTransport(8), this.#tape, trial.tamper);
    const host = await createHost(paced ? this.provider : withoutWindows(this.provider), {
      options: trial.options ?? this.given.options ?? {},
      redactor: this.redactor,
      now: () => this.now(),
      transport: watched,
      ...(paced ? { state: this.#state } : {}),
      ...(trial.signal === undefined ? {} : { signal: trial.signal }),
      ...(trial.debug === undefined
        ? {}
        : { debug: (line, more) => trial.debug?.(`${line} ${JSON.stringify(more ?? {})}`) }),
      ...(spoiled ? { patience: IMPATIENT } : {}),
    });
    try {
      return await work(host, watched);
    } finally {
      await host.close();
      watched.close();
    }
  }

  ask(request: BarRequest, trial: Trial = {}): Promise<Run> {
    return this.inHost(trial, async (host, watched) => {
      const frozen = Object.freeze({ ...request, instrument: Object.freeze({ ...request.instrument }) });
      const batches: SeenRow[][] = [];
      const finished = (async () => {
        for await (const batch of this.provider.bars(frozen, host.context)) {
          batches.push(readBatch(batch));
          trial.onBatch?.(batches.length, watched.seen.length);
        }
      })();
      const result = await settle(finished, this.given.patienceMs ?? (this.given.pace === 'stated' ? 600_000 : 60_000));
      return { request, batches: [...batches], rows: batches.flat(), requests: [...watched.seen], ...result };
    });
  }
}

/** Faults are meant to be final here, and not to be waited for. */
const IMPATIENT = {
  attempts: 1,
  firstPauseMs: 5,
  longestPauseMs: 10,
  longestWaitMs: 20,
  totalMs: 3_000,
  headMs: 2_000,
  idleMs: 2_000,
};

type Settled = Pick<Run, 'outcome' | 'thrown'>;

async function settle(work: Promise<void>, patienceMs: number): Promise<Settled> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Settled>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'endless', thrown: undefined }), patienceMs);
  });
  const settled = work.then(
    (): Settled => ({ outcome: 'ended', thrown: undefined }),
    (thrown: unknown): Settled => ({ outcome: 'threw', thrown }),
  );
  return Promise.race([settled, late]).finally(() => clearTimeout(timer));
}

/** The same provider under wide windows; whatever else it is made of stays, be it an object or a class's. */
function withoutWindows(provider: AnyProvider): AnyProvider {
  const capabilities = (options: unknown): Capabilities => {
    const stated = provider.capabilities(options);
    const pools = Object.entries(stated.limits.pools).map(([name, pool]): [string, Pool] => [
      name,
      { ...pool, windows: pool.windows.map((window) => ({ name: window.name, max: 1_000_000, perMs: 1000 })) },
    ]);
    return { ...stated, limits: { pools: Object.fromEntries(pools) } };
  };
  return Object.create(provider, { capabilities: { value: capabilities, enumerable: true } }) as AnyProvider;
}
