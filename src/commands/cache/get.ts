import { string } from '@oclif/core/args';
import { boolean, option, string as text } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDateRange } from '../../cli/input/date-range.js';
import { dateFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { formatCount } from '../../cli/terminal/format.js';
import { printChunks } from '../../cli/terminal/print.js';
import { assertReplaceable, writeFileWhole } from '../../cli/write-file.js';

export default class CacheGet extends BaseCommand {
  static override summary = 'Print rows of a series.';
  static override description = [
    'CSV is the year-file’s own form: ISO times in UTC, plain decimals, empty where there is no value.',
    'Where a part of the series cannot be read, the rows before it are printed and the status is 1: --json ends with `error`, and --format json lacks its closing bracket, so that nobody takes it for whole.',
  ].join('\n\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> BTCUSDT 1h --start-date 2024-01-01 --end-date 2024-01-31',
    '<%= config.bin %> <%= command.id %> AAPL 1d --columns close,volume --format ndjson',
    '<%= config.bin %> <%= command.id %> AAPL 1d --output aapl.csv',
  ];
  static override args = {
    symbol: string({ description: 'Symbol, as `almanac cache list` names it.', required: true }),
    interval: string({ description: 'Interval, such as 1m, 1h or 1d.', required: true }),
  };
  static override flags = {
    ...dateFlags,
    columns: text({
      summary: 'These columns, in this order, after the time.',
      helpValue: 'close,volume',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    format: option({
      options: ['csv', 'json', 'ndjson'] as const,
      default: 'csv' as const,
      summary: 'Form of the rows.',
    })(),
    output: text({ char: 'o', summary: 'Write to this file, whole or not at all.', helpValue: 'FILE' }),
    force: boolean({ char: 'f', summary: 'Replace the file if it is there.', dependsOn: ['output'] }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheGet);
    const { exportBars, exportDocument } = await import('../../operations/series/export-bars.js');
    const { chooseColumns } = await import('../../operations/series/series-columns.js');
    const { findSeries } = await import('../../operations/series/find-series.js');
    const { openStore } = await import('../../store/open-store.js');
    const read = readDateRange(flags);
    const timeframe = readInterval(args.interval);
    if (flags.output !== undefined) await assertReplaceable(flags.output, flags.force);
    const series = await findSeries(openStore((await this.settings(flags)).cacheFolder), args.symbol, timeframe);
    let rows = 0;
    const onRows = (more: number) => {
      rows += more;
    };
    const chosen = { columns: await chooseColumns(series, flags.columns), read, signal: this.signal, onRows };
    if (flags.output !== undefined) {
      const bytes = await writeFileWhole(flags.output, exportBars(series, flags.format, chosen), flags.force);
      this.told.info(`${formatCount(rows)} rows written to ${flags.output}`);
      return {
        schemaVersion: 1,
        symbol: series.symbol,
        interval: timeframe,
        file: flags.output,
        format: flags.format,
        rows,
        bytes,
      };
    }
    this.streaming = true;
    const describe = (error: unknown) => this.describeFailure(error);
    await printChunks(
      this.jsonEnabled() ? exportDocument(series, chosen, describe) : exportBars(series, flags.format, chosen),
    );
    if (rows === 0) this.told.info(`${series.symbol} ${timeframe} has no rows in that range.`);
    return undefined;
  }
}
