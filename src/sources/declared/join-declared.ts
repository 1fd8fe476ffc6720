import { namePlugin, type PluginFacts } from '../registry/plugin-facts.js';
import type { LoadFailure, RegisteredProvider, Registry } from '../registry/registered.js';
import type { LoadedFile } from './load-declared.js';

/**
 * Declared providers beside those of plugins. A file never takes a name that is there already: it is refused, and who
 * had the name keeps it. What ships as a file keeps its name from plugins too, but stands aside for the package that
 * is named for it (almanac-provider-kraken): who installed that knows what they let in.
 */
export function joinDeclared(plugins: Registry, files: readonly LoadedFile[]): Registry {
  const failures: LoadFailure[] = [...plugins.failures];
  for (const { plugin, provider, id, reason = 'it cannot be read' } of files)
    if (provider === undefined) failures.push({ plugin, ...(id === undefined ? {} : { provider: id }), reason });
  const sound = files.flatMap(({ provider, ...file }) => (provider === undefined ? [] : [{ ...file, provider }]));
  const shipped = sound.filter((file) => file.shipped);
  const providers: RegisteredProvider[] = [];
  for (const offered of plugins.providers) {
    const { plugin, provider } = offered;
    const ours = shipped.some((file) => file.provider.id === provider.id);
    if (!ours || plugin.type === 'core' || isNamedFor(plugin, provider.id)) providers.push(offered);
    else failures.push({ plugin, provider: provider.id, reason: describeShadow(provider.id) });
  }
  for (const { provider, plugin } of shipped)
    if (!providers.some((each) => each.provider.id === provider.id))
      providers.push({ provider, plugin, onlyNamed: true });
  const own = sound.filter((file) => !file.shipped).sort((a, b) => (a.plugin.root < b.plugin.root ? -1 : 1));
  for (const { provider, plugin } of own) {
    const reason = findOwner(provider.id, providers, failures) ?? findStrangeKey({ provider, plugin }, providers);
    if (reason === undefined) providers.push({ provider, plugin });
    else failures.push({ plugin, reason: `${plugin.root}: ${reason}` });
  }
  return { providers: providers.sort((a, b) => (a.provider.id < b.provider.id ? -1 : 1)), failures };
}

function describeShadow(id: string): string {
  return `its provider ${id} is not used: Almanac ships one of that name`;
}

/** Who has the name already, also where that one could not be loaded: the next best must not slip into its place. */
function findOwner(
  id: string,
  providers: readonly RegisteredProvider[],
  failures: readonly LoadFailure[],
): string | undefined {
  const owner =
    providers.find((each) => each.provider.id === id)?.plugin ?? failures.find((each) => each.provider === id)?.plugin;
  if (owner === undefined) return undefined;
  return `/id is ${id}, which ${namePlugin(owner)} has already; take another, such as my-${id}`;
}

function findStrangeKey(
  { provider: { credentials = [] } }: RegisteredProvider,
  providers: readonly RegisteredProvider[],
): string | undefined {
  const others = new Set(providers.flatMap(({ provider }) => (provider.credentials ?? []).flatMap(({ env }) => env)));
  const strange = credentials.flatMap(({ env }) => env).find((name) => others.has(name));
  return strange === undefined ? undefined : `/secrets asks for ${strange}, which is another provider’s key`;
}

function isNamedFor({ name }: PluginFacts, id: string): boolean {
  return name === `almanac-provider-${id}` || name.endsWith(`/provider-${id}`);
}
