import { BaseCommand } from '../../../cli/base-command.js';
import { summariseChecksums } from '../../../cli/checksums/checksum-tables.js';
import { checksumFilterFlags, readChecksumFilter } from '../../../cli/input/checksum-filter.js';
import { readDataClock } from '../../../cli/input/data-clock.js';

export default class CacheChecksumsSummary extends BaseCommand {
  static override summary = 'Total up the bulk files that failed their checksum.';
  static override description =
    'By symbol, interval and what became of them. FIRST and LAST are the periods of the first and the last file.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> --symbol '*USDT' --json",
  ];
  static override flags = checksumFilterFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheChecksumsSummary);
    const { findFailures } = await import('../../../operations/checksums/find-failures.js');
    const { summariseFailures } = await import('../../../operations/checksums/summarise-failures.js');
    const filter = readChecksumFilter(flags);
    const { cacheFolder } = await this.settings(flags);
    const { failures, total, warnings } = await findFailures(cacheFolder, filter, readDataClock);
    for (const warning of warnings) this.told.warn(warning);
    const groups = summariseFailures(failures);
    const terminal = this.terminal();
    if (groups.length > 0 || !terminal.live) this.printLines(summariseChecksums(groups, terminal));
    if (groups.length === 0)
      this.told.info(total === 0 ? 'No file is recorded that failed its checksum.' : 'No recorded file matches.');
    return { schemaVersion: 1, cache: cacheFolder, warnings, files: failures.length, groups };
  }
}
