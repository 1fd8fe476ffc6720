import type { AnyProvider, Capabilities, Context, Limits, Pool, Window } from '../../provider/index.js';
import { Redactor } from '../../settings/redactor.js';
import type { Limit } from '../../settings/settings.js';
import { checkOptions } from './check-options.js';
import { createErrors, type MakeHostError } from './host-error.js';
import { AxiosTransport } from './http/axios-transport.js';
import { HttpClient } from './http/http-client.js';
import type { Transport } from './http/transport.js';
import { createBandwidth } from './limits/bandwidth.js';
import { createMemoryState, type SharedState } from './limits/shared-state.js';
import { Turnstile } from './limits/turnstile.js';
import { CAPS, type Caps, PATIENCE, type Patience } from './patience.js';
import { judgeRedacted, redactValue } from './redact-value.js';
import { createRetry } from './retry.js';
import { scopeOf } from './scope.js';
import { SocketKeeper } from './socket/socket-keeper.js';
import { awaitedByMany } from './waiting.js';

export interface HostOptions {
  /** The provider's part of the settings, as it stands there; its own schema checks it. */
  readonly options?: unknown;
  /** What the user says of its limits. */
  readonly limit?: Limit | undefined;
  readonly signal?: AbortSignal;
  /** The data clock. */
  readonly now?: () => number;
  /** Shared with other processes where the cache can hold it; this process alone where not given. */
  readonly state?: SharedState;
  readonly redactor?: Redactor;
  readonly debug?: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly patience?: Partial<Patience>;
  readonly caps?: Partial<Caps>;
  /** Bytes a second for everything this host fetches, or a pace shared with others. */
  readonly pace?: (bytes: number) => Promise<void> | undefined;
  readonly bytesPerSecond?: number;
  readonly userAgent?: string;
  /** Stands in for the network. */
  readonly transport?: Transport;
}

/** Where one provider runs: everything it may touch, paced, retried, bounded and redacted for it. */
export interface Host {
  readonly provider: AnyProvider;
  readonly capabilities: Capabilities;
  readonly context: Context<unknown>;
  /** What its bars' provenance says besides the provider's name, when they are not from the provider itself. */
  readonly origin: string | undefined;
  readonly turnstile: Turnstile;
  readonly error: MakeHostError;
  /** Everything asked of it so far. */
  readonly traffic: Traffic;
  /** The same host with a count of its own besides, for who wants to know what one piece of work took. */
  metered(): { readonly context: Context<unknown>; readonly traffic: Traffic };
  close(): Promise<void>;
}

export interface Traffic {
  readonly requests: number;
  readonly bytes: number;
}

const USER_AGENT = 'almanac (market history; https://www.npmjs.com/package/almanac)';

export async function createHost(provider: AnyProvider, given: HostOptions = {}): Promise<Host> {
  const redactor = given.redactor ?? new Redactor();
  const options = await checkOptions(provider, given.options ?? {});
  for (const { option } of provider.credentials ?? []) {
    const secret = (options as Readonly<Record<string, unknown>>)[option];
    if (typeof secret === 'string') redactor.add(secret);
  }
  const error = createErrors(provider.id, provider.title, redactor.redact);
  const capabilities = provider.capabilities(options);
  const limits = applyLimit(capabilities.limits, given.limit);
  const ended = new AbortController();
  const signal = awaitedByMany(
    given.signal === undefined ? ended.signal : AbortSignal.any([given.signal, ended.signal]),
  );
  const patience = { ...PATIENCE, ...given.patience };
  const { scope, origin } = scopeOf(provider.id, capabilities.hosts);
  const debug = (message: string, fields?: Readonly<Record<string, unknown>>): void =>
    given.debug?.(redactor.redact(`${provider.id}: ${message}`), redactFields(fields, redactor));
  const turnstile = new Turnstile({
    limits,
    state: given.state ?? createMemoryState(),
    scope,
    longestWaitMs: patience.longestWaitMs,
    error,
    signal,
  });
  const traffic: Meter = { requests: 0, bytes: 0 };
  const axios = given.transport === undefined ? new AxiosTransport(connectionsOf(limits)) : undefined;
  const transport = given.transport ?? (axios as AxiosTransport);
  const origins = new Set(capabilities.hosts.map((host) => new URL(host).origin));
  const pace = given.pace ?? createBandwidth(given.bytesPerSecond, signal);
  const run = createRetry({ patience, turnstile, error, signal, debug });
  const sockets = new SocketKeeper({
    turnstile,
    origins,
    error,
    signal,
    redact: redactor.redact,
    debug,
    patience,
    agentFor: async (url) => axios?.agentFor(url),
  });
  const contextWith = (...meters: readonly Meter[]): Context<unknown> => {
    const count = (requests: number, bytes: number): void => {
      for (const meter of meters) {
        meter.requests += requests;
        meter.bytes += bytes;
      }
    };
    const http = new HttpClient({
      transport,
      turnstile,
      run,
      origins,
      judge: provider.judge && ((reply, make) => provider.judge?.(reply, make)),
      error,
      patience,
      caps: { ...CAPS, ...given.caps },
      signal,
      userAgent: given.userAgent ?? USER_AGENT,
      pace,
      debug,
      count,
    });
    return {
      options,
      http,
      fetch: http.fetch,
      socket: (channel) => sockets.open({ ...channel, judge: judgeRedacted(channel.judge, redactor) }, count),
      signal,
      now: given.now ?? Date.now,
      debug,
      error,
    };
  };
  return {
    provider,
    capabilities: { ...capabilities, limits },
    context: contextWith(traffic),
    metered() {
      const own: Meter = { requests: 0, bytes: 0 };
      return { context: contextWith(traffic, own), traffic: own };
    },
    origin,
    turnstile,
    error,
    traffic,
    async close() {
      await sockets.close();
      ended.abort(error('UNAVAILABLE', 'its host was closed'));
      turnstile.close();
      axios?.close();
    },
  };
}

interface Meter {
  requests: number;
  bytes: number;
}

/** The user's numbers in place of the provider's: windows by name, wherever a pool has one of that name. */
function applyLimit(limits: Limits, limit: Limit | undefined): Limits {
  if (limit === undefined) return limits;
  const pools = Object.entries(limits.pools).map(([name, pool]): [string, Pool] => {
    const windows = pool.windows.map((window): Window => {
      const own = limit.windows?.find((each) => each.name === window.name);
      return own === undefined ? window : { ...window, max: own.max, perMs: own.perMs };
    });
    return [name, { ...pool, windows, concurrency: limit.concurrency ?? pool.concurrency }];
  });
  return { pools: Object.fromEntries(pools) };
}

function connectionsOf(limits: Limits): number {
  return Object.values(limits.pools).reduce((sum, pool) => sum + pool.concurrency, 2);
}

function redactFields(
  fields: Readonly<Record<string, unknown>> | undefined,
  redactor: Redactor,
): Readonly<Record<string, unknown>> | undefined {
  if (fields === undefined || redactor.isEmpty) return fields;
  const clean = redactValue(fields, redactor) as Readonly<Record<string, unknown>> | undefined;
  return clean ?? { unreadable: true }; // a line of a log must not end a download
}
