import { boolean, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { filterFlags, listFlag } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { approveMoving, assertAnswerable } from '../../cli/migrate/approve-moving.js';
import { EXIT_OF_MIGRATE, migrateDocument, statusOfMigrate } from '../../cli/migrate/migrate-document.js';
import { describeMoved } from '../../cli/migrate/migrate-summary.js';
import type { Migrated } from '../../cli/migrate/migrated.js';
import { showMigration, watchMigration } from '../../cli/migrate/show-migration.js';
import { quoteWords } from '../../cli/terminal/quote-words.js';

export default class CacheMigrate extends BaseCommand {
  static override summary = 'Copy the cache of another tool into this one, and prove each copy.';
  static override description =
    'Files are known by what is in them, never by their names: year-files in CSV, Arrow, Feather and Parquet, downloaded archives and more. Everything is read, copied, read back and compared; made-up data and impossible times are refused by name. The old files are only read, unless --remove-source moves what was proved into --backup. Stopped at any instant and run again, it goes on where it was.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from ~/data-cache --dry-run',
    '<%= config.bin %> <%= command.id %> --from ~/data-cache --assume-tz yahoo=America/New_York',
    '<%= config.bin %> <%= command.id %> --from ./cache --remove-source --backup ./cache-old',
  ];
  static override flags = {
    from: string({ summary: 'Folder of the old cache.', helpValue: 'DIR', required: true }),
    layout: listFlag({ summary: 'Only files of these layouts, as --dry-run names them.', helpValue: 'NAME' }),
    'assume-tz': string({
      summary: 'What times without a zone mean: for all, or for one provider; may be given again.',
      helpValue: 'ZONE|PROVIDER=ZONE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...filterFlags,
    'dry-run': boolean({ char: 'n', summary: 'Read and plan, and write nothing.' }),
    'remove-source': boolean({ summary: 'Move the files that were proved into --backup.', dependsOn: ['backup'] }),
    backup: string({
      summary: 'Folder that takes what --remove-source moves.',
      helpValue: 'DIR',
      dependsOn: ['remove-source'],
    }),
    yes: boolean({ char: 'y', summary: 'Do not ask before files are moved.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheMigrate);
    const { openMigration } = await import('../../wiring/open-migration.js');
    const { runMigration } = await import('../../wiring/run-migration.js');
    const startedAt = new Date();
    const { signal, view } = this;
    const { backup, layout: layouts, symbols } = flags;
    const [dryRun, removing, yes] = [flags['dry-run'] === true, flags['remove-source'] === true, flags.yes === true];
    const asked = { yes, json: view.json, signal };
    if (removing && !dryRun) assertAnswerable(asked);
    const progress = watchMigration(view, dryRun);
    const loaded = await this.settings(flags);
    const parts = { from: flags.from, backup, loaded, now: readDataClock(), signal, report: progress.report };
    const migration = await openMigration(parts);
    const filter = { layouts, symbols, timeframes: flags.intervals?.map(readInterval) };
    const options = { dryRun, filter, assumed: flags['assume-tz'] ?? [] };
    const end = await runMigration(migration, options).finally(progress.end);
    const report: Migrated = end.report;
    const typed = quoteWords(this.argv.filter((word) => !['--dry-run', '-n'].includes(word)));
    const { from, cache } = migration;
    showMigration(report, { from, cache, dryRun, command: `almanac cache migrate ${typed}` }, view);
    const proved = end.proved;
    const moving = removing && !dryRun && proved > 0 && (await approveMoving(proved, migration.backup ?? '', asked));
    const moved = moving ? await end.move() : undefined;
    if (moved !== undefined) for (const line of describeMoved(moved, migration.backup ?? '')) this.told.info(line);
    process.exitCode = EXIT_OF_MIGRATE[statusOfMigrate(report, moved)];
    return migrateDocument(report, { runId: this.told.runId, startedAt, dryRun, from, cache, moved });
  }
}
