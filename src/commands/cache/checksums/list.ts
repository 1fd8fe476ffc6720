import { BaseCommand } from '../../../cli/base-command.js';
import { listChecksums } from '../../../cli/checksums/checksum-tables.js';
import { checksumFilterFlags, readChecksumFilter } from '../../../cli/input/checksum-filter.js';
import { readDataClock } from '../../../cli/input/data-clock.js';

export default class CacheChecksumsList extends BaseCommand {
  static override summary = 'List bulk files that failed their checksum.';
  static override description =
    'One line a file. ACTION is fell_back (nothing of it was taken), proceeded (stored because that was asked for), missing_checksum (stored; there is none), retried_success or retried_failed. Piped, it is tab-separated.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --symbol BTCUSDT --interval 1h --date 2024',
  ];
  static override flags = checksumFilterFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheChecksumsList);
    const { findFailures } = await import('../../../operations/checksums/find-failures.js');
    const filter = readChecksumFilter(flags);
    const { cacheFolder } = await this.settings(flags);
    const { failures, total, warnings } = await findFailures(cacheFolder, filter, readDataClock);
    for (const warning of warnings) this.told.warn(warning);
    const terminal = this.terminal();
    if (failures.length > 0 || !terminal.live) this.printLines(listChecksums(failures, terminal));
    if (failures.length === 0)
      this.told.info(total === 0 ? 'No file is recorded that failed its checksum.' : 'No recorded file matches.');
    return { schemaVersion: 1, cache: cacheFolder, warnings, failures };
  }
}
