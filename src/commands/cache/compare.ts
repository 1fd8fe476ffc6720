import { string as argument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { compareDocument } from '../../cli/compare/compare-document.js';
import { describeComparison } from '../../cli/compare/compare-summary.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readDateRange } from '../../cli/input/date-range.js';
import { dateFlags, listFlag } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { readTolerance } from '../../cli/input/read-tolerance.js';
import { redactor } from '../../cli/terminal/guard-output.js';
import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';

export default class CacheCompare extends BaseCommand {
  static override summary = 'Two sources of one series side by side.';
  static override description =
    'Bars that the cache has from either of them are read, the others fetched; nothing is stored. Closes, returns and volume are compared bar by bar, and what either lacks is counted. Without dates: the last 500 bars.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> BTCUSDT 1d --providers binance,coingecko',
    '<%= config.bin %> <%= command.id %> AAPL 1d --providers yahoo,alpha-vantage --start-date 2024-01-01 --end-date 2024-03-31',
  ];
  static override args = {
    symbol: argument({ description: 'Symbol, as `almanac cache list` names it.', required: true }),
    interval: argument({ description: 'Interval, such as 1m, 1h or 1d.', required: true }),
  };
  static override flags = {
    providers: listFlag({ summary: 'The two to compare; the first is the measure.', helpValue: 'binance,coingecko' }),
    ...dateFlags,
    tolerance: string({ summary: 'Closes nearer than this agree.', default: '0.5%', helpValue: '0.5%' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheCompare);
    const startedAt = new Date();
    const { signal, view, config } = this;
    const interval = readInterval(args.interval);
    const symbol = parseSymbol(args.symbol);
    const range = readDateRange(flags);
    const tolerance = readTolerance(flags.tolerance);
    const providers = readPair(flags.providers ?? [], `${symbol.symbol} ${interval}`);
    if (interval === 'ticks')
      throw new AlmanacError('USAGE', 'ticks have no grid to compare by', { suggestions: ['--help'] });
    const loaded = await this.settings(flags);
    const { runCompareJob } = await import('../../wiring/run-compare.js');
    const parts = { loaded, config, signal, redactor, now: readDataClock, debug: view.told.debug };
    const compared = await runCompareJob(parts, { symbol, timeframe: interval, providers, ...range, tolerance });
    view.print(describeComparison(compared, interval, view.out));
    return compareDocument(compared, { runId: view.told.runId, startedAt, interval });
  }
}

function readPair(names: readonly string[], series: string): readonly [string, string] {
  const [one, other] = names;
  if (names.length === 2 && one !== undefined && other !== undefined && one !== other) return [one, other];
  throw new AlmanacError('USAGE', '--providers wants two different providers', {
    suggestions: [`almanac cache compare ${series} --providers binance,coingecko`],
  });
}
