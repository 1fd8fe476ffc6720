import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';

export default class PluginsLink extends BaseCommand {
  static override summary = 'Use a plugin from the folder it is being written in.';
  static override description =
    'Its folder is read on every run, so a new build is used at once. Its dependencies and its build are left to you: nothing of it is run by linking. `almanac plugins uninstall` takes the link away and leaves the folder.';
  static override examples = ['<%= config.bin %> <%= command.id %> .'];
  static override args = { folder: string({ description: 'Folder with its package.json.', default: '.' }) };

  async run(): Promise<unknown> {
    const { args } = await this.parse(PluginsLink);
    const { linkPlugin } = await import('../../wiring/plugins/link-plugin.js');
    const { config } = this;
    const { name, version, root, brought } = await linkPlugin(args.folder, config);
    const { providers, faults } = brought;
    this.printLines([`${name} ${version} is linked: ${providers.join(', ') || 'it brings no provider'}`]);
    for (const fault of faults) this.told.warn(`plugin ${name} ${version}: ${fault}`);
    if (providers[0] !== undefined) this.told.info(`  Try: almanac providers check ${providers[0]}`);
    return { schemaVersion: 1, outcome: 'linked', plugin: { name, version, root }, providers, faults };
  }
}
