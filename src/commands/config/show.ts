import { BaseCommand } from '../../cli/base-command.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';

const COLUMNS: readonly Column[] = [
  { title: 'KEY' },
  { title: 'VALUE', shrinkTo: 16, wrap: true },
  { title: 'FROM', shrinkTo: 10, wrap: true },
];

export default class ConfigShow extends BaseCommand {
  static override summary = 'Show the settings in force and where each came from.';
  static override description =
    'Defaults give way to the settings file, that to the environment, and that to flags. Keys and tokens are never shown.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  async run(): Promise<unknown> {
    const { flags } = await this.parse(ConfigShow);
    const { maskSecrets } = await import('../../settings/mask-secrets.js');
    const { buildTree } = await import('../../settings/merge-layers.js');
    const { values, file, cacheFolder } = await this.settings(flags);
    const masked = maskSecrets(values).sort((a, b) => a.path.length - b.path.length);
    const rows = masked.map(({ path, value, origin }) => [
      path.join('.'),
      typeof value === 'string' ? value : JSON.stringify(value),
      origin.name,
    ]);
    const shown = rows.map(([key, value, from]) => [key, value, from === file ? 'file' : from] as string[]);
    this.printLines([
      `Settings file: ${file ?? 'none (almanac config init writes one)'}`,
      `Data folder:   ${cacheFolder}`,
      '',
    ]);
    this.printLines(renderTable(COLUMNS, shown, this.terminal(), rows as string[][]));
    return {
      schemaVersion: 1,
      file: file ?? null,
      cacheFolder,
      settings: buildTree(masked),
      values: masked.map(({ path, value, origin }) => ({
        key: path.join('.'),
        value,
        from: origin.kind,
        name: origin.name,
      })),
    };
  }
}
