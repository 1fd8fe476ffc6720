import { boolean, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { cleanupDocument, purgeDocument } from '../../cli/cleanup/cleanup-document.js';
import { approvePurge, describeOutcome, showCleanup } from '../../cli/cleanup/show-cleanup.js';
import { EXIT } from '../../cli/exit-codes.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readAge } from '../../cli/input/read-age.js';
import { readSample } from '../../cli/input/read-sample.js';
import { instantBefore } from '../../market/age.js';

const MODES = ['validate-only', 'cleanup', 'validate-and-cleanup', 'purge-quarantine'] as const;
/** What `exclusive` and `dependsOn` say too; but those join flags in the line of usage, where each may stand only once. */
const needs = (flag: string) => [{ type: 'all' as const, flags: [flag] }];
const others = (mode: (typeof MODES)[number]) => MODES.filter((each) => each !== mode);

export default class CacheCleanup extends BaseCommand {
  static override summary = 'Judge every file in the cache, and mend what is damaged.';
  static override description =
    'Alone it only reports, and ends with 3 where it found something. Acting keeps every sound block, moves damaged files to quarantine (`almanac cache restore` brings them back), and leaves what is lost to the next populate. Nothing is deleted but by --purge-quarantine.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --validate-and-cleanup',
    {
      description: 'An audit for cron: all of it in 20 runs',
      command: '<%= config.bin %> <%= command.id %> --sample 5%',
    },
    '<%= config.bin %> <%= command.id %> --purge-quarantine --older-than 30d',
  ];
  static override flags = {
    'validate-only': boolean({
      summary: 'Report, and touch nothing (the default).',
      exclusive: others('validate-only'),
    }),
    cleanup: boolean({
      summary: 'Act on the last report, where nothing has changed since.',
      exclusive: others('cleanup'),
    }),
    'validate-and-cleanup': boolean({ summary: 'Report and act in one.', exclusive: others('validate-and-cleanup') }),
    sample: string({
      summary: 'Read only the next part of all blocks, round and round.',
      helpValue: '5%',
      relationships: [{ type: 'none', flags: ['cleanup', 'purge-quarantine'] }],
    }),
    'purge-quarantine': boolean({
      summary: 'Delete for good what is in quarantine; asks first.',
      exclusive: others('purge-quarantine'),
      relationships: needs('older-than'),
    }),
    'older-than': string({
      summary: 'Only what came so long ago.',
      helpValue: '30d',
      relationships: needs('purge-quarantine'),
    }),
    yes: boolean({ char: 'y', summary: 'Do not ask.', relationships: needs('purge-quarantine') }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheCleanup);
    const { createContext } = await import('../../store/open-store.js');
    const { signal, view, told } = this;
    const sample = flags.sample === undefined ? undefined : readSample(flags.sample);
    const age = flags['older-than'];
    const job = { runId: told.runId, startedAt: new Date(), cache: (await this.settings(flags)).cacheFolder };
    const context = createContext(job.cache, { now: readDataClock, signal });
    if (age !== undefined) {
      const { planPurge } = await import('../../operations/cleanup/purge.js');
      const { items, run } = await planPurge(context, instantBefore(readDataClock(), readAge('--older-than', age)));
      const approved = await approvePurge(items, { yes: flags.yes, age, signal }, view);
      if (approved) await run();
      else process.exitCode = EXIT.failure;
      told.info(!approved || items.length === 0 ? 'Nothing was deleted.' : `${items.length} deleted.`);
      return purgeDocument(items, approved, job);
    }
    const { cleanup } = await import('../../operations/cleanup/cleanup.js');
    const mode = flags.cleanup ? 'act' : flags['validate-and-cleanup'] ? 'both' : 'validate';
    const result = await cleanup(context, { mode, sample, onDone: (outcome) => told.info(describeOutcome(outcome)) });
    process.exitCode = showCleanup(result, (Date.now() - job.startedAt.getTime()) / 1000, view);
    return cleanupDocument(result, job);
  }
}
