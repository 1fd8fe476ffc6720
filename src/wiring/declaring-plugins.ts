import type { Config } from '@oclif/core/config';
import type { ProvidersHook } from '../provider/index.js';
import type { DeclaringPlugin } from '../sources/registry.js';

type Plugin = Config['plugins'] extends Map<string, infer P> ? P : never;
/** The hook's own types, so that what is passed here and what plugins are promised cannot drift apart. */
type HookOptions = Pick<Parameters<ProvidersHook>[0], 'api'>;

const OPTIONS: HookOptions = { api: 1 };

/** The plugins that say they have providers. */
export function findDeclaringPlugins(config: Config): DeclaringPlugin[] {
  return [...config.plugins.values()].flatMap((plugin) => {
    const hooks = plugin.hooks.providers?.length ?? 0;
    if (hooks === 0) return [];
    const { name, version, type, root } = plugin;
    return [{ name, version, type, root, hooks, run: (timeoutMs: number) => runHook(config, plugin, timeoutMs) }];
  });
}

/**
 * oclif runs a hook for all plugins and answers when the last has answered: one that hangs would take the others'
 * answers with it. So each is run by a configuration that sees no plugin but this one.
 */
function runHook(config: Config, plugin: Plugin, timeoutMs: number): ReturnType<DeclaringPlugin['run']> {
  const alone: Config = Object.create(config, { plugins: { value: new Map([[plugin.name, plugin]]) } });
  return alone.runHook('providers', OPTIONS, timeoutMs, true);
}
