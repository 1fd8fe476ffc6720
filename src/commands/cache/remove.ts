import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { approveLeaving } from '../../cli/leaving/approve-leaving.js';
import { leavingDocument } from '../../cli/leaving/leaving-document.js';
import { renderLeaving } from '../../cli/leaving/leaving-table.js';
import { showLeft } from '../../cli/leaving/show-left.js';

export default class CacheRemove extends BaseCommand {
  static override summary = 'Move a series out of the cache, into quarantine.';
  static override description =
    'One interval of a symbol, or all of them where none is named. Nothing is deleted: `almanac cache restore` brings it back, and only `almanac cache cleanup --purge-quarantine` frees its room. Asks first; where nobody can be asked, --yes must say so.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> BTCUSDT 1m',
    {
      description: 'All intervals of a symbol; first, what that would be',
      command: '<%= config.bin %> <%= command.id %> BTCUSDT --dry-run',
    },
  ];
  static override args = {
    symbol: string({ description: 'Symbol, as `almanac cache list` names it.', required: true }),
    interval: string({ description: 'Interval, such as 1m, 1h or 1d; all where none is named.' }),
  };
  static override flags = {
    'dry-run': boolean({ char: 'n', summary: 'Say what would go and touch nothing.' }),
    yes: boolean({ char: 'y', summary: 'Do not ask.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheRemove);
    const startedAt = new Date();
    const { planRemoval } = await import('../../operations/remove/plan-removal.js');
    const { openStore } = await import('../../store/open-store.js');
    const timeframe = args.interval === undefined ? undefined : readInterval(args.interval);
    const { cacheFolder: cache } = await this.settings(flags);
    const leaving = await planRemoval(openStore(cache), args.symbol, timeframe);
    const warnings = leaving.flatMap((each) => each.warnings);
    const job = {
      runId: this.told.runId,
      command: 'cache remove',
      startedAt,
      cache,
      warnings,
      dryRun: flags['dry-run'],
    };
    this.printLines(renderLeaving(leaving, false, this.terminal()));
    for (const warning of warnings) this.told.warn(warning);
    if (flags['dry-run'])
      return leavingDocument(
        leaving.map((each) => ({ leaving: each, ids: [] })),
        job,
      );
    const { signal } = this;
    const command = ['almanac cache remove', args.symbol, ...(timeframe === undefined ? [] : [timeframe])].join(' ');
    if (!(await approveLeaving(leaving, { yes: flags.yes, json: this.jsonEnabled(), signal, command }))) {
      this.told.info('Nothing was moved.');
      process.exitCode = EXIT.failure;
      return undefined;
    }
    const { removeEach } = await import('../../operations/remove/remove-series.js');
    const left = await removeEach(leaving, { cache, now: readDataClock, signal });
    showLeft(left, this.view);
    return leavingDocument(left, job);
  }
}
