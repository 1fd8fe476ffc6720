import { BaseCommand } from '../../cli/base-command.js';
import { describeQuarantine } from '../../cli/cleanup/describe-quarantine.js';
import { fitLine } from '../../cli/terminal/fit-line.js';
import { formatBytes, formatCount } from '../../cli/terminal/format.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';
import { formatInstant } from '../../market/instant.js';
import type { Unreadable } from '../../store/files/unreadable.js';

const BY_INTERVAL: readonly Column[] = [
  { title: 'INTERVAL' },
  { title: 'SERIES', align: 'right' },
  { title: 'ROWS', align: 'right' },
  { title: 'SIZE', align: 'right' },
];
const BY_PROVIDER: readonly Column[] = [
  { title: 'FROM WHOM', shrinkTo: 10 },
  { title: 'ROWS', align: 'right' },
];

export default class CacheStats extends BaseCommand {
  static override summary = 'Total up the cache.';
  static override description =
    'Series, rows and size, by interval and by where the rows came from; read from the sidecars alone.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CacheStats);
    const { measureQuarantine } = await import('../../operations/series/measure-quarantine.js');
    const { describeUnreadable } = await import('../../store/files/unreadable.js');
    const { openStore } = await import('../../store/open-store.js');
    const { cacheFolder } = await this.settings(flags);
    const unread: Unreadable[] = [];
    const stats = await openStore(cacheFolder, { onUnreadable: (each) => unread.push(each) }).stats();
    const { series, symbols, rows, bytes, first, last, byTimeframe, byProvider } = stats;
    const unreadable = [...unread, ...stats.unreadable];
    const quarantine = await measureQuarantine(cacheFolder);
    const from = first === undefined ? null : formatInstant(first);
    const to = last === undefined ? null : formatInstant(last);
    const terminal = this.terminal();
    this.printLines([
      fitLine(
        `${formatCount(series)} series of ${formatCount(symbols)} ${symbols === 1 ? 'symbol' : 'symbols'}, ${formatCount(rows)} rows, ${formatBytes(bytes)}`,
        terminal,
      ),
      ...(from === null ? [] : [`${from} to ${to}`]),
      `in ${cacheFolder}`,
      ...describeQuarantine(quarantine),
    ]);
    for (const each of unreadable) this.told.warn(describeUnreadable(each));
    if (series > 0) {
      const intervals = byTimeframe.map((each) => [
        each.timeframe,
        formatCount(each.series),
        formatCount(each.rows),
        formatBytes(each.bytes),
      ]);
      const plain = byTimeframe.map((each) => [each.timeframe, `${each.series}`, `${each.rows}`, `${each.bytes}`]);
      this.printLines(['', ...renderTable(BY_INTERVAL, intervals, terminal, plain)]);
      const providers = byProvider.map((each) => [each.provider, formatCount(each.rows)]);
      const plainProviders = byProvider.map((each) => [each.provider, `${each.rows}`]);
      this.printLines(['', ...renderTable(BY_PROVIDER, providers, terminal, plainProviders)]);
    }
    return {
      schemaVersion: 1,
      cache: cacheFolder,
      series,
      symbols,
      rows,
      bytes,
      from,
      to,
      byInterval: byTimeframe.map(({ timeframe, ...totals }) => ({ interval: timeframe, ...totals })),
      byProvider,
      unreadable: unreadable.map(({ path, reason }) => ({ path, reason })),
      quarantine,
    };
  }
}
