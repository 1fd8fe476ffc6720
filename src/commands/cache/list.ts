import { BaseCommand } from '../../cli/base-command.js';
import { describeQuarantine } from '../../cli/cleanup/describe-quarantine.js';
import { filterFlags } from '../../cli/input/flags.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { describeUnproved } from '../../cli/series/describe-unproved.js';
import { formatBytes, formatCount, formatMoment } from '../../cli/terminal/format.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';
import { formatInstant } from '../../market/instant.js';

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 10 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 1 },
  { title: 'TO' },
  { title: 'ROWS', align: 'right' },
  { title: 'SIZE', align: 'right', drop: 2 },
  { title: 'FROM WHOM', shrinkTo: 9, drop: 3 },
];

export default class CacheList extends BaseCommand {
  static override summary = 'List the series in the cache.';
  static override description = 'One line a series, read from the sidecars alone. Piped, it is tab-separated.';
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
    const { measureQuarantine } = await import('../../operations/series/measure-quarantine.js');
    const { cacheFolder } = await this.settings(flags);
    const timeframes = flags.intervals?.map(readInterval);
    const store = openStore(cacheFolder);
    const series = filterSeries(store, await store.list(), { symbols: flags.symbols, timeframes });
    const rows = series.map(({ symbol, timeframe, first, last, rows, bytes, providers, unproved, newer }) => ({
      symbol,
      interval: timeframe,
      from: first === undefined ? null : formatInstant(first),
      to: last === undefined ? null : formatInstant(last),
      rows,
      bytes,
      providers,
      unproved,
      newer,
    }));
    if (rows.length === 0)
      this.told.info(emptyNote(cacheFolder, flags.symbols !== undefined || timeframes !== undefined));
    const seen = series.map(({ symbol, timeframe, first, last, rows, bytes, providers }) => [
      symbol,
      timeframe,
      first === undefined ? '' : formatMoment(first),
      last === undefined ? '' : formatMoment(last),
      formatCount(rows),
      formatBytes(bytes),
      providers.join(', '),
    ]);
    const plain = rows.map((row) => [
      row.symbol,
      row.interval,
      row.from ?? '',
      row.to ?? '',
      `${row.rows}`,
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
