import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';

export default class PluginsUninstall extends BaseCommand {
  static override aliases = ['plugins:unlink', 'plugins:remove'];
  static override summary = 'Remove an installed plugin, or the link to one, and all that came with it.';
  static override description = 'Bars that its provider brought stay in the cache.';
  static override examples = ['<%= config.bin %> <%= command.id %> almanac-provider-kraken'];
  static override args = {
    plugin: string({ description: 'Plugin, as `almanac plugins` names it.', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsUninstall);
    const { removePlugin } = await import('../../wiring/plugins/change-plugins.js');
    const { findListed } = await import('../../wiring/find-listed.js');
    const { config } = this;
    const { name } = await findListed(config.dataDir, args.plugin);
    const tell = flags.verbose && !this.jsonEnabled() ? (text: string) => process.stderr.write(text) : undefined;
    const place = { dataDir: config.dataDir, registry: config.npmRegistry, tell };
    await removePlugin(name, { config, place, allowNew: true });
    this.printLines([`${name} is gone.`]);
    return { schemaVersion: 1, removed: [name] };
  }
}
