import { boolean, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readFetchParts } from '../../cli/input/fetch-parts.js';
import { dateFlags, listFlag } from '../../cli/input/flags.js';
import { fetchFlags } from '../../cli/input/populate-flags.js';
import { readDemands } from '../../cli/input/read-demands.js';
import { approvePlan } from '../../cli/populate/approve-plan.js';
import { showEnd } from '../../cli/populate/show-end.js';
import { offerWatch } from '../../cli/watch/offer-watch.js';
import { assertSavable, saveDemands } from '../../cli/watch/save-demands.js';
import { openWatchFile } from '../../cli/watch/save-watch.js';

export default class CachePopulate extends BaseCommand {
  static override summary = 'Fetch what is missing of symbols and intervals, and nothing more.';
  static override description =
    "Each series is asked of the provider that the routes name (--dry-run says which, and why). What is there is not fetched again; what is fetched is proved, and committed block by block: stopped at any instant and run again, it goes on where it was.\n\nWithout symbols it brings the watch list of the settings up to date; --save adds what was typed to that list. A pattern such as 'BTC*' is looked up in the list of --provider, else of whoever the routes name for symbols like it (binance where they name nobody); it means the main market, and 'BTC*@um' a futures market.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --symbols BTCUSDT,ETHUSDT --intervals 1h,1d --start-date 2024-01-01',
    '<%= config.bin %> <%= command.id %> --symbols AAPL --intervals 1d --dry-run',
    "<%= config.bin %> <%= command.id %> --symbols 'BTC*' --intervals 1d --save",
    '<%= config.bin %> <%= command.id %> --symbols-file symbols.csv --end-date 2024-12-31',
  ];
  static override flags = {
    symbols: listFlag({ summary: 'Symbols to fetch; * stands for anything.', helpValue: 'BTCUSDT,AAPL' }),
    'symbols-file': string({
      summary: 'Symbols to fetch, one a line, or a CSV file with market, symbol, earliest_date, available_intervals.',
      helpValue: 'FILE',
    }),
    all: boolean({
      summary: 'Every symbol the provider lists on its main market.',
      exclusive: ['symbols', 'symbols-file'],
    }),
    delisted: boolean({ summary: 'With patterns and --all: also what is no longer traded.' }),
    intervals: listFlag({ summary: 'Intervals to fetch.', helpValue: '1h,1d', aliases: ['timeframes'] }),
    ...dateFlags,
    ...fetchFlags,
    force: boolean({ char: 'f', summary: 'Fetch again what is there; the new rows win.' }),
    save: boolean({ summary: 'Add what was typed to the watch list in the settings file.', exclusive: ['dry-run'] }),
    yes: boolean({ char: 'y', summary: 'Do not ask about a large plan.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CachePopulate);
    const startedAt = new Date();
    const { signal, view, config } = this;
    const loaded = await this.settings(flags);
    const wanted = await readDemands(flags, loaded);
    if (flags.save) assertSavable(wanted);
    if (wanted.demands.length === 0) return { schemaVersion: 1, file: await offerWatch(loaded.file, view, signal) };
    const target = flags.save ? await openWatchFile(loaded.file, process.cwd()) : undefined;
    const { askEach } = await import('../../operations/demand/ask-each.js');
    const { lookUpPatterns } = await import('../../operations/demand/look-up-patterns.js');
    const { joinWants } = await import('../../operations/demand/want.js');
    const { runPopulateJob } = await import('../../wiring/run-populate.js');
    const { demands, from } = wanted;
    const guarded = from !== 'watch' && demands.some(({ symbols }) => symbols.some((name) => name.includes('*')));
    const approval = { yes: flags.yes || from === 'watch', guarded, json: view.json, signal };
    const end = await runPopulateJob({
      ...{ ...readFetchParts(flags, view), loaded, config, signal },
      ask: async ({ asks: tools, sources: { route, host } }) => {
        const looking = { route, host, provider: flags.provider, delisted: flags.delisted };
        return askEach(joinWants(await lookUpPatterns(demands, looking)), tools);
      },
      approve: async (size, asked) => {
        const approved = await approvePlan(size, approval);
        const lost = (['provider', 'end-date'] as const).filter((name) => flags[name] !== undefined);
        if (approved && target !== undefined) await saveDemands(target, wanted, asked, lost, view);
        return approved;
      },
    });
    return showEnd(end, { command: 'cache populate', startedAt }, view);
  }
}
