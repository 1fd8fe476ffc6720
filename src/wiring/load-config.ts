import { Config } from '@oclif/core/config';
import { listPlugins } from './plugins/plugin-folder.js';

export interface LoadedConfig {
  readonly config: Config;
  /** What is wrong with installed plugins, a sentence each: never in the way of a command. */
  readonly troubles: readonly string[];
}

interface Asked {
  readonly root: string;
  /** Without what was installed: ours alone. */
  readonly safe?: boolean;
  readonly timeoutMs?: number;
}

type Plugins = Config['plugins'];

/** The one hook of an installed plugin that is run; any other would be a part of every command. */
const HOOK = 'providers';
const PATIENCE = 10_000;

/**
 * oclif's configuration, with installed plugins kept to what they are for: they bring providers. None takes the name
 * of what ships, none has a say in how commands run, and none that is broken or hangs while it is loaded keeps the
 * program from starting.
 */
export async function loadConfig({ root, safe = false, timeoutMs = PATIENCE }: Asked): Promise<LoadedConfig> {
  // Of a linked plugin what is built is used; oclif would say so on every run.
  process.env.OCLIF_DISABLE_LINKED_ESM_WARNING ??= '1';
  if (safe) return { config: await Config.load({ root, userPlugins: false }), troubles: [] };
  const { config, noise } = await loadQuietly(root, timeoutMs);
  if (config === undefined) {
    const without = await Config.load({ root, userPlugins: false });
    const reason = `an installed plugin did not finish loading within ${timeoutMs / 1000} s, so none is used`;
    return {
      config: without,
      troubles: [`${reason}: almanac plugins lists them, almanac plugins uninstall NAME helps`],
    };
  }
  const foreign = [...config.plugins.values()].filter(({ type }) => type === 'user' || type === 'link');
  for (const plugin of foreign) plugin.hooks = plugin.hooks[HOOK] === undefined ? {} : { [HOOK]: plugin.hooks[HOOK] };
  const impostors = foreign.filter(({ name }) => isShipped(name, config)).map(({ name }) => name);
  const troubles = [
    ...impostors.map((name) => `an installed plugin calls itself ${name}, which ships with Almanac, and is not used`),
    ...(noise === 0 ? [] : await describeAbsent(config)),
  ];
  if (impostors.length === 0) return { config, troubles };
  return { config: await replaceImpostors(root, foreign, impostors), troubles };
}

/** oclif tells of what it could not load by pages of warnings; here they are counted, and told in our words. */
async function loadQuietly(
  root: string,
  timeoutMs: number,
): Promise<{ readonly config: Config | undefined; readonly noise: number }> {
  let noise = 0;
  const { emitWarning } = process;
  process.emitWarning = () => {
    noise++;
  };
  let timer: NodeJS.Timeout | undefined;
  // It keeps the process alive on purpose: with nothing else to wait for, Node would end it without a word.
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, undefined);
  });
  try {
    const config = await Promise.race([Config.load({ root }), late]);
    return { config, noise };
  } finally {
    clearTimeout(timer);
    process.emitWarning = emitWarning;
  }
}

/** oclif loads what was installed first, and a package of ours is not loaded after it: so ours alone, and the rest. */
async function replaceImpostors(
  root: string,
  foreign: readonly (Plugins extends Map<string, infer P> ? P : never)[],
  impostors: readonly string[],
): Promise<Config> {
  const ours = await Config.load({ root, userPlugins: false });
  const plugins: Plugins = new Map(ours.plugins);
  for (const plugin of foreign) if (!impostors.includes(plugin.name)) plugins.set(plugin.name, plugin);
  return Config.load({ root, plugins });
}

function isShipped(name: string, { pjson }: Config): boolean {
  return /^@(almanac|oclif)\//.test(name) || Object.hasOwn(pjson.dependencies ?? {}, name);
}

async function describeAbsent({ dataDir, plugins }: Config): Promise<string[]> {
  const listed = await listPlugins(dataDir);
  const absent = listed.filter(({ name }) => !plugins.has(name));
  if (absent.length === 0) return [`what is installed in ${dataDir} cannot be read: almanac plugins reset`];
  return absent.map(
    ({ name }) => `plugin ${name} is installed and cannot be loaded: almanac plugins uninstall ${name}`,
  );
}
