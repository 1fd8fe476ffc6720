import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';
import { hangText } from '../../cli/terminal/hang-text.js';
import { cleanText } from '../../cli/terminal/text.js';

export default class PluginsInspect extends BaseCommand {
  static override summary =
    'Show one installed plugin: its version, its folder, what it declares and what it depends on.';
  static override description = 'Read from its package.json: nothing of it is run.';
  static override examples = ['<%= config.bin %> <%= command.id %> almanac-provider-kraken'];
  static override args = {
    plugin: string({ description: 'Plugin, as `almanac plugins` names it.', required: true }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(PluginsInspect);
    const { findListed } = await import('../../wiring/find-listed.js');
    const { inspectPlugin } = await import('../../wiring/plugins/inspect-plugin.js');
    const { dataDir } = this.config;
    const plugin = await inspectPlugin(dataDir, await findListed(dataDir, args.plugin));
    const facts: readonly (readonly [string, string])[] = [
      ['from', plugin.from],
      ['folder', plugin.root],
      ['depends on', plugin.dependencies.join(', ') || 'no other package'],
      ['asks', plugin.hosts.join(', ') || 'declares no host'],
      ['secrets', plugin.secrets.join(', ') || 'declares none'],
      ['integrity', plugin.integrity ?? 'none: it is read from where it is written'],
    ];
    const { width } = this.terminal();
    this.printLines([
      cleanText(`${plugin.name} ${plugin.version} (${plugin.type})`),
      ...facts.map(
        ([label, text]) => `  ${label.padEnd(11)}${hangText(cleanText(text), Math.min(80, width), 13).trimStart()}`,
      ),
    ]);
    return { schemaVersion: 1, plugin };
  }
}
