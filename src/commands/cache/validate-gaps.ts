import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readDateRange } from '../../cli/input/date-range.js';
import { dateFlags, filterFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { showValidation } from '../../cli/validate/show-validation.js';
import { describeRun } from '../../cli/validate/validation-run.js';

export default class CacheValidateGaps extends BaseCommand {
  static override summary = 'Say of every bar that should exist whether it is there, explained or missing.';
  static override description = [
    "What should exist follows the calendar of each series' own market: holidays, half days and weekends are no gaps. Without dates a series is judged from its first bar to the last one that has closed.",
    'The counts in the sidecars prove most months complete, and only the others are read; --deep reads every row, and judges prices too.',
    'The score is 100 where nothing is missing or wrong: completeness × soundness (rows that are bars) × plausibility (with --deep: two less for every odd stretch, at the least 80).',
    'The report is kept in validate-metadata.json in the cache. Status 3: something is missing or damaged.',
  ].join('\n\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --symbols BTCUSDT --intervals 1h --start-date 2024-01-01 --json',
    { description: 'Every row, its prices too', command: '<%= config.bin %> <%= command.id %> --deep' },
  ];
  static override flags = {
    ...filterFlags,
    ...dateFlags,
    deep: boolean({ summary: 'Read every row, also where counts prove that none is missing; judge prices.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheValidateGaps);
    const job = { runId: this.told.runId, command: 'cache validate-gaps', startedAt: new Date() };
    const { runValidation } = await import('../../wiring/run-validation.js');
    const { config, signal, view } = this;
    const range = readDateRange(flags);
    const loaded = await this.settings(flags);
    const choice = { symbols: flags.symbols, timeframes: flags.intervals?.map(readInterval) };
    const now = readDataClock();
    const ended = await runValidation({
      ...{ loaded, config, signal, choice, now, range, deep: flags.deep },
      describeRun: (verdict) => describeRun(verdict, job),
    });
    return showValidation(ended, view);
  }
}
