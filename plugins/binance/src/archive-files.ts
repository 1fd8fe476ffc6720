import type { ArchiveFile, ArchivePeriod, BarRequest, Instrument, Timeframe } from 'almanac/provider';
import { marketOf, OPENING } from './markets.js';
import type { Options } from './options.js';
import { hasDailyFiles } from './timeframes.js';

const DAY = 24 * 3_600_000;

interface Period {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The names that files of these periods would have. */
export function nameFiles(request: BarRequest, period: ArchivePeriod, options: Options): readonly ArchiveFile[] {
  const { instrument, timeframe } = request;
  if (period === 'day' && !hasDailyFiles(timeframe)) return [];
  const folder = `${options.archiveUrl}/${folderOf(instrument, timeframe, period)}`;
  return periodsIn(Math.max(request.start, OPENING), request.end, period).map((at) => ({
    instrument,
    timeframe,
    period,
    ...at,
    url: `${folder}${stemOf(instrument, timeframe, at.name)}.zip`,
  }));
}

/** `data/spot/monthly/klines/BTCUSDT/1h/` */
export function folderOf(instrument: Instrument, timeframe: Timeframe, period: ArchivePeriod): string {
  return `${symbolsFolder(marketOf(instrument).folder, period)}${instrument.native}/${timeframe}/`;
}

/** The folder with one folder a symbol. */
export function symbolsFolder(market: string, period: ArchivePeriod): string {
  return `data/${market}/${period === 'month' ? 'monthly' : 'daily'}/klines/`;
}

/** `BTCUSDT-1h-2024-01`: with `.zip` the file, with `.csv` the one entry in it. */
export function stemOf(instrument: Instrument, timeframe: Timeframe, name: string): string {
  return `${instrument.native}-${timeframe}-${name}`;
}

/** `2024-01` or `2024-01-31`; undefined for whatever else a folder holds. */
export function parsePeriod(name: string, period: ArchivePeriod): Period | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(name) ?? [];
  if (year === undefined || (day === undefined) !== (period === 'month')) return undefined;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  const at = periodAt(start, period);
  return at.name === name ? at : undefined;
}

function periodsIn(start: number, end: number, period: ArchivePeriod): Period[] {
  const periods: Period[] = [];
  for (let at = start; at < end; ) {
    const found = periodAt(at, period);
    periods.push(found);
    at = found.end;
  }
  return periods;
}

function periodAt(instant: number, period: ArchivePeriod): Period {
  const date = new Date(instant);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const start = period === 'month' ? Date.UTC(year, month) : Math.floor(instant / DAY) * DAY;
  const end = period === 'month' ? Date.UTC(year, month + 1) : start + DAY;
  return { name: new Date(start).toISOString().slice(0, period === 'month' ? 7 : 10), start, end };
}
