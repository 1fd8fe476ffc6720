import { BaseCommand } from '../../cli/base-command.js';
import { describeQuarantine } from '../../cli/cleanup/describe-quarantine.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { filterFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { describeUnproved } from '../../cli/series/describe-unproved.js';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../cli/terminal/format.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';
import { formatInstant } from '../../market/instant.js';
import { outagesOf } from '../../market/outages.js';
import { shareOf } from '../../operations/coverage/share-of.js';
import type { OutageQuestion } from '../../operations/validate/expected-series.js';

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 10 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 1 },
  { title: 'TO' },
  { title: 'ROWS', align: 'right' },
  { title: 'COVERED', align: 'right' },
  { title: 'SIZE', align: 'right', drop: 3 },
  { title: 'FROM WHOM', shrinkTo: 9, drop: 2 },
];

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
    const { filterSeries } = await import('../../operations/series/filter-series.js');
    const { glanceSeries } = await import('../../operations/series/glance-series.js');
    const { measureQuarantine } = await import('../../operations/series/measure-quarantine.js');
    const { readOutages } = await import('../../wiring/read-outages.js');
    const { cacheFolder, settings } = await this.settings(flags);
    const timeframes = flags.intervals?.map(readInterval);
    const store = openStore(cacheFolder);
    const series = filterSeries(store, await store.list(), { symbols: flags.symbols, timeframes });
    const [register, now] = [await readOutages(), readDataClock()];
    const glancing = {
      calendars: settings.calendars,
      outages: (asked: OutageQuestion) => outagesOf(register, asked),
      now,
    };
    const covered = await Promise.all(
      series.map(({ symbol, timeframe }) => glanceSeries(store.series(symbol, timeframe), glancing)),
    );
    const rows = series.map((each, i) => ({
      symbol: each.symbol,
      interval: each.timeframe,
      from: each.first === undefined ? null : formatInstant(each.first),
      to: each.last === undefined ? null : formatInstant(each.last),
      years: each.years,
      rows: each.rows,
      coverage: covered[i] ?? null,
      bytes: each.bytes,
      providers: each.providers,
      unproved: each.unproved,
      newer: each.newer,
    }));
    if (rows.length === 0)
      this.told.info(emptyNote(cacheFolder, flags.symbols !== undefined || timeframes !== undefined));
    const shares = covered.map((counts) => (counts === undefined ? undefined : shareOf(counts)));
    const seen = series.map(({ symbol, timeframe, first, last, rows, bytes, providers }, i) => [
      symbol,
      timeframe,
      first === undefined ? '' : formatMoment(first).slice(0, 10),
      last === undefined ? '' : formatMoment(last),
      formatCount(rows),
      formatShare(shares[i]),
      formatBytes(bytes),
      providers.join(', '),
    ]);
    const plain = rows.map((row, i) => [
      row.symbol,
      row.interval,
      row.from ?? '',
      row.to ?? '',
      `${row.rows}`,
      `${shares[i] ?? ''}`,
      `${row.bytes}`,
      row.providers.join(','),
    ]);
    if (rows.length > 0 || !this.terminal().live) this.printLines(renderTable(COLUMNS, seen, this.terminal(), plain));
    for (const line of series.flatMap(describeUnproved)) this.told.info(line);
    const quarantine = await measureQuarantine(cacheFolder);
    for (const line of describeQuarantine(quarantine)) this.told.info(line);
    return { schemaVersion: 1, cache: cacheFolder, series: rows, quarantine };
  }
}

function emptyNote(folder: string, filtered: boolean): string {
  if (filtered) return `No series in ${folder} matches.`;
  return `Nothing is kept in ${folder} yet.\n  Try: almanac cache populate --symbols BTCUSDT --intervals 1d`;
}
