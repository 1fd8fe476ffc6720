import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../../cli/base-command.js';
import { EXIT } from '../../../cli/exit-codes.js';
import { checksumFilterFlags, readChecksumFilter } from '../../../cli/input/checksum-filter.js';
import { canAsk, confirm } from '../../../cli/input/confirm.js';
import { readDataClock } from '../../../cli/input/data-clock.js';
import { formatCount } from '../../../cli/terminal/format.js';
import { AlmanacError } from '../../../market/almanac-error.js';

export default class CacheChecksumsClear extends BaseCommand {
  static override summary = 'Forget bulk files that failed their checksum.';
  static override description =
    'Takes entries out of the registry, and keeps a dated copy of it beside. No bar is touched. Asks first; where nobody can be asked, --yes must say so.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --symbol BTCUSDT --date 2024-01 --yes',
  ];
  static override flags = { ...checksumFilterFlags, yes: boolean({ char: 'y', summary: 'Do not ask.' }) };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheChecksumsClear);
    const { findFailures } = await import('../../../operations/checksums/find-failures.js');
    const { clearFailures } = await import('../../../operations/checksums/clear-failures.js');
    const filter = readChecksumFilter(flags);
    const { cacheFolder } = await this.settings(flags);
    const { registry, failures, total, warnings } = await findFailures(cacheFolder, filter, readDataClock);
    for (const warning of warnings) this.told.warn(warning);
    if (failures.length > 0 && !flags.yes && !(await this.#agreed(failures.length, total))) {
      this.told.info('Nothing was cleared.');
      process.exitCode = EXIT.failure;
      return { schemaVersion: 1, cache: cacheFolder, warnings, cleared: 0, left: total, backup: null };
    }
    const { cleared, backup } =
      failures.length === 0 ? { cleared: 0, backup: undefined } : await clearFailures(failures, registry);
    this.printLines([
      cleared === 0 ? 'There was nothing to clear.' : `Cleared ${formatCount(cleared)} of ${formatCount(total)}.`,
      ...(backup === undefined ? [] : [`  What was there is kept in ${backup}`]),
    ]);
    return { schemaVersion: 1, cache: cacheFolder, warnings, cleared, left: total - cleared, backup: backup ?? null };
  }

  /** A copy is kept, and yet a script shall say that it means it. */
  async #agreed(count: number, total: number): Promise<boolean> {
    const what = `${formatCount(count)} of ${formatCount(total)} recorded files`;
    if (canAsk(this.jsonEnabled())) return confirm(`Forget ${what}?`, this.signal);
    throw new AlmanacError('USAGE', `${what} would be forgotten, and nobody can be asked`, {
      suggestions: ['almanac cache checksums clear --yes'],
    });
  }
}
