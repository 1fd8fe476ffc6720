import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { warnOfFailures } from '../../cli/providers/load-failures.js';
import { shortenTimeframes } from '../../cli/terminal/format-timeframes.js';
import { redactor } from '../../cli/terminal/guard-output.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';

const COLUMNS: readonly Column[] = [
  { title: 'ID' },
  { title: 'TITLE', drop: 2 },
  { title: 'ASSETS', shrinkTo: 12, wrap: true },
  { title: 'TIMEFRAMES' },
  { title: 'KEY' },
  { title: 'PLUGIN', shrinkTo: 16, drop: 3 },
  { title: 'TYPE', drop: 1 },
];

export default class ProvidersList extends BaseCommand {
  static override summary = 'List the providers that are installed, and the plugins they come from.';
  static override description =
    'KEY is none, optional, set or needed. TYPE is core for what ships with Almanac, user for what was installed, link for work in progress, file for a declaration in the config folder. Nothing is asked of any provider.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  async run(): Promise<unknown> {
    const { flags } = await this.parse(ProvidersList);
    const { openSources } = await import('../../wiring/open-sources.js');
    const { listProviders } = await import('../../operations/providers/list-providers.js');
    const loaded = await this.settings(flags);
    const sources = await openSources({ loaded, config: this.config, now: readDataClock, redactor });
    const providers = listProviders(sources.providers);
    const terminal = this.terminal();
    const rows = providers.map(({ id, title, assetClasses, timeframes, key, plugin }) => [
      id,
      title,
      assetClasses.join(', '),
      shortenTimeframes(timeframes, terminal.unicode),
      key,
      `${plugin.name} ${plugin.version}`.trimEnd(),
      plugin.type,
    ]);
    const plain = providers.map(({ assetClasses, timeframes }, i) =>
      (rows[i] as string[]).with(2, assetClasses.join(',')).with(3, timeframes.join(',')),
    );
    if (rows.length > 0 || !terminal.live) this.printLines(renderTable(COLUMNS, rows, terminal, plain));
    else this.told.info('No provider is installed.');
    warnOfFailures(this.told, sources.failures, providers);
    return { schemaVersion: 1, providers, failures: sources.failures };
  }
}
