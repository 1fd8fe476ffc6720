import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { approvePlugin } from '../../cli/providers/approve-plugin.js';

export default class PluginsInstall extends BaseCommand {
  static override aliases = ['plugins:add'];
  static override summary = 'Install a provider that somebody else wrote.';
  static override description =
    'From npm by its name (kraken finds almanac-provider-kraken), a repository, or a packed file. Shows what the package is and asks; where nobody can be asked, it must be listed in plugin-allowlist.json of the configuration folder as {"name@version": "sha512-…"}, or be vouched for by --yes-i-trust-it. No script of a package is run while it is installed. A plugin is code that runs with your rights.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> kraken',
    '<%= config.bin %> <%= command.id %> almanac-provider-kraken@1.2.0',
    '<%= config.bin %> <%= command.id %> owner/repo',
    '<%= config.bin %> <%= command.id %> file:/folder/almanac-provider-kraken-1.2.0.tgz',
  ];
  static override args = {
    plugin: string({ description: 'Name, owner/repo, git address, or file:/….tgz.', required: true }),
  };
  static override flags = {
    'allow-new': boolean({ summary: 'Take releases younger than seven days too.' }),
    'yes-i-trust-it': boolean({ summary: 'Do not ask: you know whose code this is.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsInstall);
    const { parsePluginSpec } = await import('../../sources/trust/plugin-spec.js');
    const { allowListFile, letInPlugin } = await import('../../wiring/plugins/let-in-plugin.js');
    const spec = parsePluginSpec(args.plugin);
    const { config, signal, view } = this;
    const now = Date.now();
    const command = `almanac plugins install ${args.plugin}${flags['allow-new'] ? ' --allow-new' : ''}`;
    const result = await letInPlugin(spec, {
      config,
      place: {
        dataDir: config.dataDir,
        registry: config.npmRegistry,
        tell: flags.verbose && !this.jsonEnabled() ? (text) => process.stderr.write(text) : undefined,
        signal,
      },
      cwd: process.cwd(),
      now,
      allowNew: flags['allow-new'],
      approve: (facts, verdict) =>
        approvePlugin(facts, view, {
          ...{ verdict, trusted: flags['yes-i-trust-it'], now, signal, command },
          ...{ verb: 'Install', allowList: allowListFile(config) },
        }),
    });
    const { facts } = result;
    if (result.outcome !== 'installed') {
      this.told.info('Nothing was installed.');
      process.exitCode = EXIT.failure;
      return undefined;
    }
    const { providers, faults } = result.brought;
    this.printLines([
      `${facts.name} ${facts.version} is installed: ${providers.join(', ') || 'it brings no provider'}`,
    ]);
    for (const fault of faults) this.told.warn(`plugin ${facts.name} ${facts.version}: ${fault}`);
    if (providers[0] !== undefined) this.told.info(`  Try: almanac providers info ${providers[0]}`);
    return { schemaVersion: 1, outcome: result.outcome, plugin: facts, providers, faults };
  }
}
