import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { approvePlugin } from '../../cli/providers/approve-plugin.js';

type Outcome = 'updated' | 'current' | 'declined' | 'by-hand';

export default class PluginsUpdate extends BaseCommand {
  static override summary = 'Bring installed plugins to their latest release, each after a yes of its own.';
  static override description =
    'Every release is shown and asked about as if it were installed for the first time: a package may have changed hands. What came from a file or a repository is updated by installing it again.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> almanac-provider-kraken',
  ];
  static override args = { plugin: string({ description: 'Plugin, as `almanac plugins` names it; all without.' }) };
  static override flags = {
    'allow-new': boolean({ summary: 'Take releases younger than seven days too.' }),
    'yes-i-trust-it': boolean({ summary: 'Do not ask: you know whose code this is.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsUpdate);
    const { listPlugins, readPluginVersion } = await import('../../wiring/plugins/plugin-folder.js');
    const { findListed } = await import('../../wiring/find-listed.js');
    const { allowListFile, letInPlugin } = await import('../../wiring/plugins/let-in-plugin.js');
    const { config, signal, view } = this;
    const { dataDir } = config;
    const listed = args.plugin === undefined ? await listPlugins(dataDir) : [await findListed(dataDir, args.plugin)];
    const now = Date.now();
    const results: { name: string; version: string | null; outcome: Outcome }[] = [];
    for (const plugin of listed) {
      const { name, type, url, root } = plugin;
      const present = await readPluginVersion(dataDir, plugin);
      if (type === 'link' || url !== undefined) {
        this.printLines([`${name} came from ${url ?? root}: install it again to update it.`]);
        results.push({ name, version: present ?? null, outcome: 'by-hand' });
        continue;
      }
      const { outcome, facts } = await letInPlugin(
        { kind: 'registry', names: [name], range: 'latest' },
        {
          ...{ config, cwd: process.cwd(), now, allowNew: flags['allow-new'], present },
          place: {
            ...{ dataDir, registry: config.npmRegistry, signal },
            tell: flags.verbose && !this.jsonEnabled() ? (text) => process.stderr.write(text) : undefined,
          },
          approve: (shown, verdict) =>
            approvePlugin(shown, view, {
              ...{ verdict, trusted: flags['yes-i-trust-it'], now, signal, command: `almanac plugins update ${name}` },
              ...{ verb: 'Update to', allowList: allowListFile(config) },
            }),
        },
      );
      if (outcome === 'declined') process.exitCode = EXIT.failure;
      results.push({ name, version: facts.version, outcome: NAMES[outcome] });
      this.printLines([`${name} ${facts.version} ${SAID[outcome]}`]);
    }
    if (listed.length === 0) this.told.info('No plugin is installed.');
    return { schemaVersion: 1, plugins: results };
  }
}

const NAMES = { installed: 'updated', present: 'current', declined: 'declined' } as const;
const SAID = {
  installed: 'is installed.',
  present: 'is the latest release.',
  declined: 'was not installed; the older one stays.',
} as const;
