import { string } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readFetchParts } from '../../cli/input/fetch-parts.js';
import { filterFlags } from '../../cli/input/flags.js';
import { fetchFlags } from '../../cli/input/populate-flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { showEnd } from '../../cli/populate/show-end.js';
import type { View } from '../../cli/terminal/view.js';
import { keepUpdating } from '../../cli/watch/keep-updating.js';
import { AlmanacError } from '../../market/almanac-error.js';

export default class CacheUpdate extends BaseCommand {
  static override summary = 'Bring every series in the cache up to its last closed bar.';
  static override description =
    'Each series is asked of the provider it came from, from its first bar on: its end, and the holes within. One that was imported is asked of whoever the routes name. With --every it stays: one round at once, then one two seconds after each close of such a bar, each told in a line (--json: a document a line), until SIGTERM (status 0) or Ctrl-C.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> --symbols '*USDT' --intervals 1h --dry-run",
    { description: 'As a service', command: '<%= config.bin %> <%= command.id %> --every 15m --json' },
  ];
  static override flags = {
    ...filterFlags,
    ...fetchFlags,
    every: string({
      summary: 'Stay, and update after every close of a bar of this interval.',
      helpValue: '15m',
      exclusive: ['dry-run'],
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheUpdate);
    const startedAt = new Date();
    const { signal, view, config } = this;
    const every = flags.every === undefined ? undefined : readInterval(flags.every);
    if (every === 'ticks')
      throw new AlmanacError('USAGE', '--every wants a length of time, and ticks have none', {
        suggestions: ['--every 1m'],
      });
    const filter = { symbols: flags.symbols, timeframes: flags.intervals?.map(readInterval) };
    const loaded = await this.settings(flags);
    const { askUpdates } = await import('../../wiring/ask-updates.js');
    const { runPopulateJob } = await import('../../wiring/run-populate.js');
    const update = (until: AbortSignal, seen: View) =>
      runPopulateJob({
        ...{ ...readFetchParts(flags, seen), loaded, config, signal: until },
        ask: (wiring) => askUpdates(wiring, filter, flags.provider),
      });
    if (every !== undefined) {
      // A line a round is all that is told: no progress within one.
      const quiet = { ...view, quiet: true };
      process.exitCode = await keepUpdating({ every, view, signal, update: (until) => update(until, quiet) });
      return undefined;
    }
    const document = showEnd(await update(signal, view), { command: 'cache update', startedAt }, view);
    if (Array.isArray(document?.series) && document.series.length === 0)
      this.told.info(`Nothing is kept in ${loaded.cacheFolder} yet.\n  Try: almanac cache populate --help`);
    return document;
  }
}
