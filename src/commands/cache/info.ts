import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';
import { describeQuarantine } from '../../cli/cleanup/describe-quarantine.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readInterval } from '../../cli/input/read-interval.js';
import { describeSeries } from '../../cli/series/series-facts.js';
import { describeMeasure, renderStrips } from '../../cli/terminal/coverage-strips.js';
import { fitLine } from '../../cli/terminal/fit-line.js';
import { stripLegend } from '../../cli/terminal/strip.js';
import { formatInstant } from '../../market/instant.js';
import type { WeeklyCounts } from '../../operations/coverage/weekly-counts.js';

export default class CacheInfo extends BaseCommand {
  static override summary = 'Show one series: what there is, week by week, and who it came from.';
  static override description = 'Each year is one line of 53 weeks. Only the time stamps are read.';
  static override examples = ['<%= config.bin %> <%= command.id %> BTCUSDT 1h'];
  static override args = {
    symbol: string({ description: 'Symbol, as `almanac cache list` names it.', required: true }),
    interval: string({ description: 'Interval, such as 1m, 1h or 1d.', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheInfo);
    const { openStore } = await import('../../store/open-store.js');
    const { findSeries } = await import('../../operations/series/find-series.js');
    const { measureQuarantine } = await import('../../operations/series/measure-quarantine.js');
    const { expectByBars } = await import('../../operations/validate/expect-by-bars.js');
    const { expectWeeks } = await import('../../operations/coverage/expect-weeks.js');
    const { countWeeks } = await import('../../operations/coverage/weekly-counts.js');
    const timeframe = readInterval(args.interval);
    const { cacheFolder, settings } = await this.settings(flags);
    const series = await findSeries(openStore(cacheFolder), args.symbol, timeframe);
    const info = await series.info();
    const years = (await series.years()).filter(({ state }) => state !== 'newer');
    const now = readDataClock();
    const { expectation, calendarId } = await expectByBars(series, { calendars: settings.calendars, now });
    const counted: (WeeklyCounts & { readonly expected: readonly number[] | undefined })[] = [];
    for (const { year } of years)
      counted.push({
        ...(await countWeeks(series, year, this.signal)),
        expected: expectWeeks(expectation, year, now),
      });
    const terminal = this.terminal();
    const { unicode } = terminal;
    const damage = counted.flatMap((each) => each.damage);
    const provenance = years.flatMap(({ sidecar }) => sidecar?.provenance ?? []);
    const quarantine = await measureQuarantine(cacheFolder, series);
    const lines = [
      ...describeSeries(info, provenance, cacheFolder),
      ...describeQuarantine(quarantine, ' of it'),
      '',
      ...(counted.length === 0 ? [] : renderStrips(counted, { timeframe, measure: 'fullest', now, unicode })),
      `     a cell is a week: ${stripLegend(unicode)}, where all is`,
      `     ${describeMeasure(timeframe, calendarId)}`,
      ...years.flatMap(({ year, state }) =>
        state === 'no-sidecar' ? [`${year} has no sidecar: readable, its origin unknown`] : [],
      ),
      ...info.newer.map((year) => `${year} is of a newer format, and not shown: npm install --global almanac@latest`),
      ...damage.map(({ year, period, reason, unreadable }) =>
        unreadable === undefined
          ? `${period ?? year} is damaged and not counted: ${reason}`
          : `${period ?? year} is not counted: ${reason}`,
      ),
    ];
    this.printLines(lines.map((line) => fitLine(line, terminal)));
    return {
      schemaVersion: 1,
      symbol: info.symbol,
      interval: timeframe,
      assetClass: info.assetClass,
      from: info.first === undefined ? null : formatInstant(info.first),
      to: info.last === undefined ? null : formatInstant(info.last),
      rows: info.rows,
      newer: info.newer,
      bytes: info.bytes,
      providers: info.providers,
      years: years.map(({ year, state, bytes, sidecar, unreadable }, i) => ({
        year,
        state,
        bytes,
        rows: sidecar?.rows ?? (unreadable === undefined ? sum(counted[i]?.weeks ?? []) : null),
        weeks: counted[i]?.weeks,
      })),
      provenance,
      damage,
      quarantine,
    };
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
