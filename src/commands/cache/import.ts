import { string } from '@oclif/core/args';
import { boolean, option, string as text } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { openInput } from '../../cli/input/open-input.js';
import { readDelimiter } from '../../cli/input/read-delimiter.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { importDocument, statusOf } from '../../cli/series/import-document.js';
import { describeImport } from '../../cli/series/import-summary.js';
import { fitLine } from '../../cli/terminal/fit-line.js';

export default class CacheImport extends BaseCommand {
  static override summary = 'Take a CSV file from elsewhere into the cache.';
  static override description =
    'Delimiter, column names and the form of the times are recognised. Every row is stored or refused with a reason; rows that are there already stay.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> btc.csv BTCUSDT 1h --dry-run',
    '<%= config.bin %> <%= command.id %> aapl.csv.gz AAPL 5m --tz America/New_York',
  ];
  static override args = {
    file: string({ description: 'CSV file, gzip or not; - reads stdin.', required: true }),
    symbol: string({ description: 'Symbol to keep it under.', required: true }),
    interval: string({ description: 'Interval of its bars, such as 1m, 1h or 1d; ticks for trades.', required: true }),
  };
  static override flags = {
    delimiter: text({ summary: 'Character between cells: , ; | or tab.', helpValue: ';' }),
    'dry-run': boolean({ char: 'n', summary: 'Read and judge, and store nothing.' }),
    force: boolean({ char: 'f', summary: 'Let the file win where rows differ.' }),
    provider: text({ summary: 'Name to remember as the source.', default: 'import', helpValue: 'NAME' }),
    'time-column': text({ summary: 'Column that holds the time.', helpValue: 'NAME' }),
    'time-format': option({
      options: ['auto', 's', 'ms', 'us', 'iso'] as const,
      default: 'auto' as const,
      summary: 'Form of the times.',
    })(),
    tz: text({ summary: 'Zone of times that name none (default UTC).', helpValue: 'ZONE' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheImport);
    const { openStore } = await import('../../store/open-store.js');
    const { importCsv } = await import('../../operations/import-csv/import-csv.js');
    const startedAt = new Date();
    const now = readDataClock();
    const timeframe = readInterval(args.interval);
    const { cacheFolder } = await this.settings(flags);
    const {
      provider,
      force,
      tz: zone,
      'dry-run': dryRun,
      'time-column': timeColumn,
      'time-format': timeFormat,
    } = flags;
    const series = openStore(cacheFolder, { now: () => now, signal: this.signal }).series(args.symbol, timeframe);
    const delimiter = flags.delimiter === undefined ? undefined : readDelimiter(flags.delimiter);
    const options = { delimiter, timeColumn, timeFormat, zone, provider, dryRun, force, now, signal: this.signal };
    const report = await importCsv(await openInput(args.file), series, options);
    process.exitCode = { failed: EXIT.failure, partial: EXIT.partial, complete: EXIT.done }[statusOf(report)];
    const lines = describeImport(report, `${series.symbol} ${timeframe}`, force);
    this.printLines(lines.map((line) => fitLine(line, this.terminal())));
    const { symbol } = series;
    const job = { runId: this.told.runId, file: args.file, symbol, interval: timeframe, provider, dryRun, startedAt };
    return importDocument(report, job);
  }
}
