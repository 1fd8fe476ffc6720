import { BaseCommand } from '../../../cli/base-command.js';
import { retryDocument } from '../../../cli/checksums/checksum-document.js';
import { describeRetried, listRetried } from '../../../cli/checksums/checksum-tables.js';
import { EXIT } from '../../../cli/exit-codes.js';
import { checksumFilterFlags, readChecksumFilter } from '../../../cli/input/checksum-filter.js';
import { readDataClock } from '../../../cli/input/data-clock.js';
import { redactor } from '../../../cli/terminal/guard-output.js';

export default class CacheChecksumsRetry extends BaseCommand {
  static override summary = 'Fetch bulk files that failed their checksum once more.';
  static override description =
    'A file that verifies now is stored: its bars take the place of those that came from it unproved, and of no others. Its entry stays, as retried_success, until it is cleared. Ends with 4 where some still fail.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --symbol BTCUSDT --interval 1h --date 2024-01',
  ];
  static override flags = checksumFilterFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheChecksumsRetry);
    const startedAt = new Date();
    const { findFailures } = await import('../../../operations/checksums/find-failures.js');
    const { retryFailures } = await import('../../../operations/checksums/retry-failures.js');
    const { openPopulate } = await import('../../../wiring/open-populate.js');
    const filter = readChecksumFilter(flags);
    const loaded = await this.settings(flags);
    const { registry, failures, warnings } = await findFailures(loaded.cacheFolder, filter, readDataClock);
    for (const warning of warnings) this.told.warn(warning);
    const open = failures.filter(({ action_taken }) => action_taken !== 'retried_success');
    const { signal, told, config } = this;
    const job = { runId: told.runId, startedAt, warnings };
    if (open.length === 0) {
      told.info('No file waits to be fetched again.');
      return retryDocument([], job);
    }
    const wiring = await openPopulate({
      ...{ loaded, config, now: readDataClock, signal, debug: told.debug, redactor },
      looking: false,
    });
    try {
      const report = await retryFailures(open, {
        ...wiring.tools,
        registry,
        report: (outcome) => told.info(describeRetried(outcome)),
      });
      this.printLines(listRetried(report.files, this.terminal()));
      const right = report.files.filter(({ result }) => result === 'verified').length;
      if (report.interrupted) process.exitCode = EXIT.interrupted;
      else if (right < report.files.length) process.exitCode = EXIT.partial;
      told.info(`${right} of ${open.length} verified and stored`);
      return retryDocument(report.files, job);
    } finally {
      await wiring.close();
    }
  }
}
