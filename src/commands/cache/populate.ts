import { boolean, integer, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/data-clock.js';
import { dateFlags, listFlag } from '../../cli/flags.js';
import { redactor } from '../../cli/guard-output.js';
import { planDocument, populateDocument } from '../../cli/populate-document.js';
import { readBandwidth } from '../../cli/read-bandwidth.js';
import { readWishes } from '../../cli/read-wishes.js';
import { showPlan, showReport, watchPopulate } from '../../cli/show-populate.js';

export default class CachePopulate extends BaseCommand {
  static override summary = 'Fetch what is missing of symbols and intervals, and nothing more.';
  static override description =
    'Each series is asked of the provider that the routes name (--dry-run says which, and why). What is there is not fetched again; what is fetched is proved, and committed block by block: stopped at any instant and run again, it goes on where it was.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --symbols BTCUSDT,ETHUSDT --intervals 1h,1d --start-date 2024-01-01',
    '<%= config.bin %> <%= command.id %> --symbols AAPL --intervals 1d --dry-run',
  ];
  static override flags = {
    symbols: listFlag({ summary: 'Symbols to fetch.', helpValue: 'BTCUSDT,AAPL' }),
    intervals: listFlag({ summary: 'Intervals to fetch.', helpValue: '1h,1d', aliases: ['timeframes'] }),
    ...dateFlags,
    provider: string({ summary: 'Ask this provider, whatever the routes say.', helpValue: 'ID' }),
    'dry-run': boolean({ char: 'n', summary: 'Print the plan and touch nothing.' }),
    force: boolean({ char: 'f', summary: 'Fetch again what is there; the new rows win.' }),
    concurrency: integer({ summary: 'Most tasks at once for each provider.', min: 1, max: 64, helpValue: 'N' }),
    'no-archive': boolean({ summary: 'Use the live API only, not the bulk files.' }),
    'skip-checksum': boolean({
      summary: 'Do not look at the checksums of bulk files.',
      exclusive: ['proceed-on-checksum-failure'],
    }),
    'proceed-on-checksum-failure': boolean({ summary: 'Store bulk files that fail their checksum too, and say so.' }),
    'max-bandwidth': string({ summary: 'Most bytes a second, all together.', helpValue: '2MB/s' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CachePopulate);
    const startedAt = new Date();
    const { makeAsks } = await import('../../operations/populate/make-asks.js');
    const { planPopulate, runPopulate } = await import('../../operations/populate/populate.js');
    const { estimatePlans } = await import('../../operations/populate/estimate-plans.js');
    const { createBandwidth } = await import('../../sources/host/bandwidth.js');
    const { openPopulate } = await import('../../wiring/open-populate.js');
    const wishes = readWishes(flags);
    const loaded = await this.settings(flags);
    const { signal, told, config } = this;
    const wiring = await openPopulate({
      ...{ loaded, config, now: readDataClock, signal, debug: told.debug, redactor, provider: flags.provider },
      pace: createBandwidth(readBandwidth(flags['max-bandwidth'])),
      looking: flags['dry-run'] === true,
    });
    const options = {
      archive: flags['no-archive'] !== true,
      force: flags.force === true,
      checksum: flags['skip-checksum']
        ? ('skip' as const)
        : flags['proceed-on-checksum-failure']
          ? ('proceed' as const)
          : ('require' as const),
      concurrency: flags.concurrency,
    };
    const job = { runId: told.runId, command: 'cache populate', startedAt };
    try {
      const { asks, unserved } = await makeAsks(wishes, wiring.asks);
      const watch = watchPopulate(this.view);
      const tools = { ...wiring.tools, report: watch.report, onBadFile: async () => undefined };
      const plans = await planPopulate(asks, options, tools);
      if (flags['dry-run']) {
        const cost = await estimatePlans(plans, wiring.tools.host);
        showPlan(plans, unserved, cost, this.view);
        return planDocument(plans, unserved, cost, job);
      }
      const report = await runPopulate(plans, options, tools);
      watch.end();
      process.exitCode = showReport(report, unserved, this.view);
      if (report.fatal !== undefined) throw report.fatal;
      return populateDocument(report.series, unserved, job, report.seconds);
    } finally {
      await wiring.close();
    }
  }
}
