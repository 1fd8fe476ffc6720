import { boolean, string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { showFill } from '../../cli/fill/show-fill.js';
import { watchFill } from '../../cli/fill/watch-fill.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { filterFlags } from '../../cli/input/flags.js';
import { readHours } from '../../cli/input/read-hours.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { readTolerance } from '../../cli/input/read-tolerance.js';
import { redactor } from '../../cli/terminal/guard-output.js';

export default class CacheFillGaps extends BaseCommand {
  static override summary = 'Fill what is missing from providers other than the one that left the hole.';
  static override description =
    "Gaps come from validate-gaps' report; where it is absent or older than the data, the series is judged first. Each gap is asked of the providers that the routes name for filling, other than the source of its neighbours, and their bars are compared with those on both sides of it: a source on another scale, shifted in time or that moves otherwise is refused, and what was seen is said. Only missing bars are written, without the other venue's volume. What every provider within reach confirms to be empty is noted as explained.\n\nA gap that goes on over New Year is one gap for --max-gap-hours. Bars after a series' last one are none: cache update fetches them from their own provider.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --max-gap-hours 12',
    '<%= config.bin %> <%= command.id %> --symbols BTCUSDT --intervals 1h --dry-run',
    '<%= config.bin %> <%= command.id %> --symbols AAPL --provider alpha-vantage --tolerance 0.2%',
  ];
  static override flags = {
    ...filterFlags,
    'max-gap-hours': string({ summary: 'Leave gaps longer than this many hours.', helpValue: '12' }),
    provider: string({ summary: 'Ask this provider, whatever the routes say.', helpValue: 'ID' }),
    tolerance: string({
      summary: 'How far its closes may lie from those beside the gap.',
      default: '0.5%',
      helpValue: '0.5%',
    }),
    'take-volume': boolean({ summary: "Store its volume too, although it is another venue's." }),
    revalidate: boolean({ summary: 'Judge every series anew first, whatever the report says.' }),
    'dry-run': boolean({ char: 'n', summary: 'Print the gaps and the requests they take, and touch nothing.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheFillGaps);
    const startedAt = new Date();
    const { signal, view, config } = this;
    const typed = flags['max-gap-hours'];
    const maxGapMs = typed === undefined ? undefined : readHours('max-gap-hours', typed);
    const options = {
      maxGapMs,
      tolerance: readTolerance(flags.tolerance),
      takeVolume: flags['take-volume'],
      revalidate: flags.revalidate,
    };
    const filter = { symbols: flags.symbols, timeframes: flags.intervals?.map(readInterval) };
    const loaded = await this.settings(flags);
    const { runFillJob } = await import('../../wiring/run-fill.js');
    const progress = watchFill(view);
    const end = await runFillJob({
      ...{ loaded, config, signal, redactor, now: readDataClock, debug: view.told.debug },
      ...{ provider: flags.provider, looking: flags['dry-run'], options, filter, progress },
    });
    return showFill(end, { startedAt, limit: maxGapMs && maxGapMs / 3_600_000 }, view);
  }
}
