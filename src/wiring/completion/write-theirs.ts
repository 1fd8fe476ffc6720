import path from 'node:path';
import { Config, Plugin } from '@oclif/core/config';

type Runnable = new (argv: string[], config: Config) => { run(): Promise<void> };

/**
 * oclif's autocomplete writes functions that know every command and flag, and nothing of what a cache holds. Its scripts
 * cannot be extended from outside (2026-11-21: no hook, no option; its package exports nothing), and listed in
 * `oclif.plugins` it would bring commands that print in another voice. So it is called, for its files alone, and
 * scripts of ours stand before them. What was installed is left out: a summary of someone else's would be read by a
 * shell, and theirs leaves `$(…)` in it as it is.
 */
export async function writeTheirs(config: Config): Promise<{ readonly bash: string; readonly zsh: string }> {
  const ours = await Config.load({ root: config.root, userPlugins: false });
  const theirs = new Plugin({ name: '@oclif/plugin-autocomplete', root: config.root, type: 'core' });
  await theirs.load();
  const Create = (await theirs.findCommand('autocomplete:create', { must: true })) as unknown as Runnable;
  // Not by `Create.run`, which would print what goes wrong in its own way.
  await new Create([], ours).run();
  const functions = path.join(config.cacheDir, 'autocomplete', 'functions');
  return {
    bash: path.join(functions, 'bash', `${config.bin}.bash`),
    zsh: path.join(functions, 'zsh', `_${config.bin}`),
  };
}
