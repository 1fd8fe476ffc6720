import type { Config } from '@oclif/core/config';
import type { Redactor } from '../settings/redactor.js';
import type { LoadedSettings } from '../settings/settings.js';
import { joinDeclared } from '../sources/declared/join-declared.js';
import type { Host } from '../sources/host/create-host.js';
import type { SharedState } from '../sources/host/limits/shared-state.js';
import type { Patience } from '../sources/host/patience.js';
import { type PreparedProvider, prepareProvider } from '../sources/registry/prepare-provider.js';
import type { LoadFailure, Registry } from '../sources/registry/registered.js';
import { requireReady } from '../sources/registry/require-ready.js';
import { loadProviders } from '../sources/registry.js';
import { readRules } from '../sources/route/read-rules.js';
import type { Rule } from '../sources/route/rule.js';
import { findProvider, type Routed, type RouteRequest, route } from '../sources/route.js';
import { findDeclaringFiles } from './declaring-files.js';
import { findDeclaringPlugins } from './declaring-plugins.js';

export interface SourceParts {
  readonly loaded: LoadedSettings;
  readonly config: Config;
  /** The data clock. */
  readonly now: () => number;
  readonly debug?: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly signal?: AbortSignal;
  /** Learns every key, also those of providers that the settings know nothing of. */
  readonly redactor?: Redactor;
  /** Waits where bytes come faster than the person allows, all providers together. */
  readonly pace?: (bytes: number) => Promise<void> | undefined;
  /** What processes share of limits and bans; this process alone where not given. */
  readonly state?: SharedState | undefined;
  readonly patience?: Partial<Patience>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Every provider that is installed, with the person's settings applied, and who is asked for what. */
export interface Sources {
  readonly providers: readonly PreparedProvider[];
  readonly failures: readonly LoadFailure[];
  readonly rules: readonly Rule[];
  /** By its id; an error that says what was probably meant, or why it did not load. */
  find(id: string): PreparedProvider;
  route(request: Omit<RouteRequest, 'now'>): Routed;
  /** Where a provider runs, made when it is first asked for. */
  host(id: string): Promise<Host>;
  close(): Promise<void>;
}

/** No connection is made before a host's provider is asked for something. */
export async function openSources(parts: SourceParts): Promise<Sources> {
  const { loaded, config, now, environment = process.env } = parts;
  const { providers: registered, failures } = await loadAll(config);
  const providers = await Promise.all(registered.map((each) => prepareProvider(each, loaded, environment)));
  for (const prepared of providers) for (const secret of secretsOf(prepared)) parts.redactor?.add(secret);
  const rules = readRules(loaded, registered);
  const hosts = new Map<string, Promise<Host>>();
  const find = (id: string): PreparedProvider => findProvider(id, providers, failures);
  return {
    providers,
    failures,
    rules,
    find,
    route: (request) => route({ ...request, now: now() }, { providers, rules }),
    host(id) {
      const host = hosts.get(id) ?? startHost(find(id), parts);
      hosts.set(id, host);
      return host;
    },
    async close() {
      const started = await Promise.allSettled(hosts.values());
      await Promise.all(started.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
    },
  };
}

/** Plugins are code that was installed, files are data: what a plugin is called, no file can be. */
export async function loadAll(config: Config): Promise<Registry> {
  const { loadDeclared } = await import('../sources/declared/load-declared.js');
  const [plugins, files] = await Promise.all([
    loadProviders(findDeclaringPlugins(config)),
    findDeclaringFiles(config).then(loadDeclared),
  ]);
  return joinDeclared(plugins, files);
}

async function startHost(prepared: PreparedProvider, parts: SourceParts): Promise<Host> {
  const { provider, given } = requireReady(prepared);
  const { createHost } = await import('../sources/host/create-host.js');
  const { loaded, now, debug, signal, state, patience, redactor, pace } = parts;
  return createHost(provider, {
    options: given,
    limit: loaded.settings.limits[provider.id],
    now,
    ...(debug === undefined ? {} : { debug }),
    ...(signal === undefined ? {} : { signal }),
    ...(state === undefined ? {} : { state }),
    ...(redactor === undefined ? {} : { redactor }),
    ...(pace === undefined ? {} : { pace }),
    ...(patience === undefined ? {} : { patience }),
  });
}

function secretsOf(prepared: PreparedProvider): string[] {
  if (!prepared.ready) return [];
  return prepared.keys.map(({ option }) => prepared.given[option]).filter((value) => typeof value === 'string');
}
