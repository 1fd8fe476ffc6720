import { BaseCommand } from '../../cli/base-command.js';
import { describeQuarantine } from '../../cli/cleanup/describe-quarantine.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { filterFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { describeUnproved } from '../../cli/series/describe-unproved.js';
import { documentSeries, type ListedSeries, renderSeries } from '../../cli/series/list-table.js';
import { outagesOf } from '../../market/outages.js';
import type { OutageQuestion } from '../../operations/validate/expected-series.js';
import type { Unreadable } from '../../store/files/unreadable.js';

export default class CacheList extends BaseCommand {
  static override summary = 'List the series in the cache.';
  static override description =
    'One line a series, read from the sidecars alone: nothing is opened. COVERED is how much of what should be there between its first and last bar is there or explained; `cache validate-gaps` looks closer. Piped, it is tab-separated.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'Daily series of everything against USDT',
      command: "<%= config.bin %> <%= command.id %> --symbols '*USDT' --intervals 1d",
    },
  ];
  static override flags = filterFlags;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheList);
    const { openStore } = await import('../../store/open-store.js');
    const { describeUnreadable } = await import('../../store/files/unreadable.js');
    const { filterSeries } = await import('../../operations/series/filter-series.js');
    const { glanceAll } = await import('../../operations/series/glance-series.js');
    const { measureQuarantine } = await import('../../operations/series/measure-quarantine.js');
    const { readOutages } = await import('../../wiring/read-outages.js');
    const { cacheFolder, settings } = await this.settings(flags);
    const timeframes = flags.intervals?.map(readInterval);
    const unread: Unreadable[] = [];
    const store = openStore(cacheFolder, { onUnreadable: (each) => unread.push(each) });
    const series = filterSeries(store, await store.list(), { symbols: flags.symbols, timeframes });
    const [register, now] = [await readOutages(), readDataClock()];
    const glancing = {
      calendars: settings.calendars,
      outages: (asked: OutageQuestion) => outagesOf(register, asked),
      now,
    };
    // Where a file cannot be read nobody knows how much is there.
    const known = series.filter(({ unreadable }) => unreadable.length === 0);
    const covered = await glanceAll(store, known, glancing);
    const listed = series.map((info): ListedSeries => ({ ...info, coverage: covered[known.indexOf(info)] }));
    if (listed.length === 0)
      this.told.info(emptyNote(cacheFolder, flags.symbols !== undefined || timeframes !== undefined));
    if (listed.length > 0 || !this.terminal().live) this.printLines(renderSeries(listed, this.terminal()));
    for (const each of [...unread, ...series.flatMap(({ unreadable }) => unreadable)])
      this.told.warn(describeUnreadable(each));
    for (const line of series.flatMap(describeUnproved)) this.told.info(line);
    const quarantine = await measureQuarantine(cacheFolder);
    for (const line of describeQuarantine(quarantine)) this.told.info(line);
    return {
      schemaVersion: 1,
      cache: cacheFolder,
      series: listed.map(documentSeries),
      unreadable: unread.map(({ path, reason }) => ({ path, reason })),
      quarantine,
    };
  }
}

function emptyNote(folder: string, filtered: boolean): string {
  if (filtered) return `No series in ${folder} matches.`;
  return `Nothing is kept in ${folder} yet.\n  Try: almanac cache populate --symbols BTCUSDT --intervals 1d`;
}
