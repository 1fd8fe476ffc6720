import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { canAsk, confirm } from '../../cli/input/confirm.js';
import { AlmanacError } from '../../market/almanac-error.js';

export default class PluginsReset extends BaseCommand {
  static override summary = 'Remove every installed and linked plugin.';
  static override description = 'What ships with Almanac, the cache and the settings stay. Asks first.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes'];
  static override flags = { yes: boolean({ char: 'y', summary: 'Do not ask.' }) };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(PluginsReset);
    const { removePlugin, resetPluginFolder } = await import('../../wiring/plugins/change-plugins.js');
    const { listPlugins } = await import('../../wiring/plugins/plugin-folder.js');
    const { config, signal } = this;
    const names = (await listPlugins(config.dataDir)).map(({ name }) => name);
    if (names.length > 0 && !flags.yes && !(await this.#ask(names, signal))) {
      this.told.info('Nothing was removed.');
      process.exitCode = EXIT.failure;
      return undefined;
    }
    const place = { dataDir: config.dataDir, registry: config.npmRegistry };
    for (const name of names) await removePlugin(name, { config, place, allowNew: true });
    await resetPluginFolder(config.dataDir);
    this.printLines(names.length === 0 ? ['No plugin was installed.'] : names.map((name) => `${name} is gone.`));
    return { schemaVersion: 1, removed: names };
  }

  async #ask(names: readonly string[], signal: AbortSignal): Promise<boolean> {
    if (canAsk(this.jsonEnabled())) return confirm(`Remove ${names.join(', ')}?`, signal);
    throw new AlmanacError('USAGE', `${names.join(', ')} would be removed, and nobody can be asked`, {
      suggestions: ['almanac plugins reset --yes'],
    });
  }
}
