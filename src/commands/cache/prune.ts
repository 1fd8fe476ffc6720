import { boolean, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { filterFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { readPruneRule } from '../../cli/input/read-prune-rule.js';
import { approveLeaving } from '../../cli/leaving/approve-leaving.js';
import { describePrune } from '../../cli/leaving/describe-prune.js';
import { leavingDocument } from '../../cli/leaving/leaving-document.js';
import { renderLeaving } from '../../cli/leaving/leaving-table.js';
import { showLeft } from '../../cli/leaving/show-left.js';

export default class CachePrune extends BaseCommand {
  static override summary = 'Take the oldest rows out of the cache, into quarantine.';
  static override description =
    'By age, by how much of each series to keep, or by size. Whole blocks go, and only whole ones: months of bars, days of ticks and of 1s bars; what shares a block with a row that stays, stays too. --max-size takes the oldest block of whatever series is the largest then, one after another, until the series together fit; the last block of each stays. Only beginnings go, so `almanac cache update` does not fetch them again; a populate that asks for them does. Shows what would go and asks; where nobody can be asked, --yes must say so. Nothing is deleted: `almanac cache restore` brings it back, and only `almanac cache cleanup --purge-quarantine` frees its room.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --older-than 2y --dry-run',
    {
      description: 'The last quarter of minutes is enough',
      command: '<%= config.bin %> <%= command.id %> --keep-last 90d --intervals 1m,5m',
    },
    '<%= config.bin %> <%= command.id %> --max-size 10GB --yes',
  ];
  static override flags = {
    ...filterFlags,
    'older-than': string({ summary: 'What is older than this goes.', helpValue: '2y' }),
    'keep-last': string({ summary: 'So much before the last bar of each series stays.', helpValue: '90d' }),
    'max-size': string({ summary: 'The series together shall not be larger than this.', helpValue: '10GB' }),
    'dry-run': boolean({ char: 'n', summary: 'Say what would go and touch nothing.' }),
    yes: boolean({ char: 'y', summary: 'Do not ask.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CachePrune);
    const startedAt = new Date();
    const { rule, words } = readPruneRule(flags, readDataClock());
    const filter = { symbols: flags.symbols, timeframes: flags.intervals?.map(readInterval) };
    const { cacheFolder: cache } = await this.settings(flags);
    const { findPrunings } = await import('../../operations/prune/find-prunings.js');
    const { openStore } = await import('../../store/open-store.js');
    const { prunings, warnings } = await findPrunings(openStore(cache), filter, rule);
    const job = {
      runId: this.told.runId,
      command: 'cache prune',
      startedAt,
      cache,
      warnings,
      dryRun: flags['dry-run'],
    };
    if (prunings.length > 0) this.printLines(renderLeaving(prunings, true, this.terminal()));
    for (const line of describePrune(rule, prunings)) this.told.info(line);
    for (const warning of warnings) this.told.warn(warning);
    if (flags['dry-run'] || prunings.length === 0)
      return leavingDocument(
        prunings.map((leaving) => ({ leaving, ids: [] })),
        job,
      );
    const { signal } = this;
    const command = `almanac cache prune ${words}`;
    if (!(await approveLeaving(prunings, { yes: flags.yes, json: this.jsonEnabled(), signal, command }))) {
      this.told.info('Nothing was moved.');
      process.exitCode = EXIT.failure;
      return undefined;
    }
    const { pruneEach } = await import('../../operations/prune/prune.js');
    const left = await pruneEach(prunings, { cache, now: readDataClock, signal });
    showLeft(left, this.view);
    return leavingDocument(left, job);
  }
}
