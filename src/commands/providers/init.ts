import path from 'node:path';
import { string } from '@oclif/core/args';
import { string as stringFlag } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { describePlugin } from '../../cli/providers/describe-plugin.js';
import { redactor } from '../../cli/terminal/guard-output.js';
import { quoteWords } from '../../cli/terminal/quote-words.js';
import { AlmanacError } from '../../market/almanac-error.js';

export default class ProvidersInit extends BaseCommand {
  static override summary = 'Write a plugin package for a new provider, complete and working.';
  static override description =
    'TypeScript, with a made-up API, a little server that speaks it, and a test that tries every rule: it builds, passes `providers check`, packs and installs as it stands. plugins/README.md leads from there.';
  static override examples = ['<%= config.bin %> <%= command.id %> my-exchange'];
  static override args = {
    name: string({ description: 'What will follow --provider: lower case, with dashes.', required: true }),
  };
  static override flags = {
    dir: stringFlag({ summary: 'Folder to write into; ./almanac-provider-NAME where not given.', helpValue: 'DIR' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ProvidersInit);
    const { namePlugin } = await import('../../scaffold/plugin-names.js');
    const { writePlugin } = await import('../../scaffold/write-plugin.js');
    const { openSources } = await import('../../wiring/open-sources.js');
    const names = namePlugin(args.name);
    const loaded = await this.settings(flags);
    const { providers } = await openSources({ loaded, config: this.config, now: readDataClock, redactor });
    const taken = providers.find(({ provider }) => provider.id === names.id);
    if (taken !== undefined) {
      const { name, version } = taken.plugin;
      const message = `provider ${names.id} is there already, from ${name} ${version}: two of one name are never both used`;
      throw new AlmanacError('USAGE', message, { suggestions: [`almanac providers init my-${names.id}`] });
    }
    const folder = path.resolve(flags.dir ?? names.packageName);
    const files = await writePlugin(names, folder, this.config.root);
    const next = [
      `cd ${quoteWords([path.relative(process.cwd(), folder) || '.'])}`,
      'npm install --ignore-scripts && npm test',
      'almanac providers check .',
    ];
    this.printLines(describePlugin({ packageName: names.packageName, folder, files, next }, this.terminal()));
    return { schemaVersion: 1, provider: names.id, package: names.packageName, folder, files, next };
  }
}
