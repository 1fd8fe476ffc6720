import { BaseCommand } from '../../cli/base-command.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';

const COLUMNS: readonly Column[] = [
  { title: 'NAME' },
  { title: 'VERSION' },
  { title: 'TYPE' },
  { title: 'FROM', shrinkTo: 16, drop: 1 },
];

export default class Plugins extends BaseCommand {
  static override aliases = ['plugins:list'];
  static override summary = 'List what was installed or linked beside what ships with Almanac.';
  static override description =
    'TYPE is user for what was installed, link for work in progress. A version of - says that it is listed and gone.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  async run(): Promise<unknown> {
    await this.parse(Plugins);
    const { listPlugins, readPluginVersion } = await import('../../wiring/plugins/plugin-folder.js');
    const { dataDir } = this.config;
    const plugins = await Promise.all(
      (await listPlugins(dataDir)).map(async (listed) => {
        const { name, type, url, root } = listed;
        const version = (await readPluginVersion(dataDir, listed)) ?? null;
        return { name, version, type, from: url ?? root ?? 'npm registry' };
      }),
    );
    const rows = plugins.map(({ name, version, type, from }) => [name, version ?? '-', type, from]);
    const terminal = this.terminal();
    if (rows.length > 0 || !terminal.live) this.printLines(renderTable(COLUMNS, rows, terminal));
    else this.told.info('No plugin is installed.\n  Try: almanac plugins install --help');
    return { schemaVersion: 1, plugins };
  }
}
