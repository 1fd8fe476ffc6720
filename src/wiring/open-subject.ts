import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLoopback } from '../market/loopback.js';
import type { AnyProvider, Capabilities } from '../provider/index.js';
import type { PluginFacts } from '../sources/registry/plugin-facts.js';
import { prepareProvider } from '../sources/registry/prepare-provider.js';
import { requireReady } from '../sources/registry/require-ready.js';
import { openSources, type SourceParts } from './open-sources.js';
import { loadPluginFolder, type PluginFolder, refuse } from './plugins/load-plugin-folder.js';

/** A provider that is to be tried, and what it is to be tried against. */
export interface CheckSubject {
  readonly provider: AnyProvider;
  readonly plugin: PluginFacts;
  readonly given: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  /** All of it is on this machine: no limits need to be kept. */
  readonly local: boolean;
  readonly now: () => number;
  /** Where it was given as a folder: what its package says, for holding against what it does. */
  readonly folder?: { readonly declared: unknown; readonly claimedBy: string | undefined };
  close(): Promise<void>;
}

interface Server {
  readonly options: Readonly<Record<string, unknown>>;
  readonly now?: () => number;
  close(): Promise<void>;
}

/** By an id, or by the folder of a plugin; `live` asks the real service where a plugin brings a server of its own. */
export async function openSubject(idOrFolder: string, live: boolean, parts: SourceParts): Promise<CheckSubject> {
  const sources = await openSources(parts);
  const known = sources.providers.some(({ provider }) => provider.id === idOrFolder);
  if (known || !isFolder(idOrFolder)) {
    const { provider, plugin, given, capabilities } = requireReady(sources.find(idOrFolder));
    return { provider, plugin, given, capabilities, local: isLocal(capabilities), now: parts.now, close: nothing };
  }
  const folder = await loadPluginFolder(idOrFolder, parts.config);
  const { provider, plugin } = folder.registered;
  const server = live ? undefined : await startServer(folder);
  try {
    const loaded = server === undefined ? parts.loaded : settleOn(server, provider.id, parts);
    const ready = requireReady(
      await prepareProvider(folder.registered, loaded, server === undefined ? (parts.environment ?? process.env) : {}),
    );
    for (const { option } of ready.keys)
      if (typeof ready.given[option] === 'string') parts.redactor?.add(ready.given[option]);
    const { given, capabilities } = ready;
    const other = sources.providers.find((each) => each.provider.id === provider.id)?.plugin;
    const claimedBy = other === undefined || other.name === plugin.name ? undefined : other.name;
    return {
      ...{ provider, plugin, given, capabilities, local: isLocal(capabilities), now: server?.now ?? parts.now },
      folder: { declared: folder.declared, claimedBy },
      close: async () => server?.close(),
    };
  } catch (error) {
    await server?.close();
    throw error;
  }
}

async function nothing(): Promise<void> {
  // An installed provider brings no server.
}

function isFolder(text: string): boolean {
  return /[\\/]/.test(text) || text.startsWith('.') || existsSync(path.join(text, 'package.json'));
}

function isLocal({ hosts }: Capabilities): boolean {
  return hosts.every((host) => isLoopback(new URL(host).hostname));
}

/** Against its own server a plugin has the settings that lead there, and none of the person's keys. */
function settleOn({ options }: Server, id: string, { loaded }: SourceParts): SourceParts['loaded'] {
  const providers = { ...loaded.settings.providers, [id]: options };
  return { ...loaded, settings: { ...loaded.settings, providers }, values: [] };
}

/** The little server that `almanac.check` in package.json names; undefined where it names none. */
async function startServer({ root, declared }: PluginFolder): Promise<Server | undefined> {
  const { check } = declared;
  if (check === undefined) return undefined;
  const file = path.resolve(root, String(check));
  if (path.relative(root, file).startsWith('..')) throw refuse(root, `almanac.check leads out of it: ${check}`);
  if (!existsSync(file)) throw refuse(root, `${check} is not there: it has not been built`, 'npm run build');
  const { startCheck } = await import(pathToFileURL(file).href);
  if (typeof startCheck !== 'function') throw refuse(root, `${check} exports no function startCheck`);
  const server: Server = await startCheck();
  if (typeof server?.options !== 'object' || typeof server.close !== 'function')
    throw refuse(root, `startCheck of ${check} has to bring { options, close }`);
  return server;
}
