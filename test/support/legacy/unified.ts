import { gzipSync } from 'node:zlib';
import { type Bars, column } from '../../../src/market/bars.js';
import { closeOf, type Timeframe } from '../../../src/market/timeframe.js';
import { jsonFile, type OldFile } from './old-file.js';
import { type PandasOptions, pandasCsv } from './pandas-text.js';
import { splitYears } from './split-years.js';

export interface UnifiedOptions extends PandasOptions {
  readonly symbol: string;
  readonly timeframe: string;
  /** In the sidecar; absent: there is none. */
  readonly provider?: string;
  /** The `ohlcv/` level, or another one. */
  readonly under?: string;
  /** An extra folder a year. */
  readonly nested?: boolean;
  /** In the sidecar, and of the file. */
  readonly written?: number;
}

/** `[under/]SYMBOL/tf/YYYY.csv.gz` and a sidecar a year: the unified cache. */
export function unifiedFiles(bars: Bars, options: UnifiedOptions): OldFile[] {
  const { symbol, timeframe, provider, under, nested = false, written = Date.UTC(2025, 8, 1), zone = 'UTC' } = options;
  return splitYears(bars, zone).flatMap(({ year, bars: part }) => {
    const folder = [...(under === undefined ? [] : [under]), symbol, timeframe, ...(nested ? [String(year)] : [])].join(
      '/',
    );
    const text = pandasCsv(part, options);
    const data = { path: `${folder}/${year}.csv.gz`, bytes: gzipSync(text, { level: 9 }), modified: written };
    if (provider === undefined) return [data];
    const stamp = new Date(written).toISOString().replace('Z', '456');
    const sidecar = {
      symbol,
      timeframe,
      year,
      data_source: provider,
      ...(nested ? { migrated_at: stamp } : { created_at: stamp, last_updated: stamp }),
      start_date: '1970-01-01T00:00:00',
      data_quality: { score: 1.0, validation_errors: [], gaps: 0, duplicates: 0 },
      file_info: { format: 'csv.gz', size_bytes: 234, rows: 3, columns: part.columns },
      ...(nested ? {} : { provider_info: { name: provider, reliability: 0.95, rate_limit: 'unknown' } }),
    };
    return [data, jsonFile(`${folder}/${year}.metadata.json`, sidecar, written)];
  });
}

/** Binance's six columns after the volume as the old downloader kept them: strings of the API, with their zeros. */
export function binanceColumns(bars: Bars, timeframe: Timeframe): NonNullable<PandasOptions['more']> {
  const volume = column(bars, 'volume');
  const at = (row: number): number => bars.time[row] as number;
  return {
    close_time: (row) => String(closeOf(timeframe, at(row)) - 1),
    quote_asset_volume: (row) => ((volume[row] as number) * 2).toFixed(8),
    number_of_trades: (row) => String(row + 7),
    taker_buy_base_asset_volume: (row) => ((volume[row] as number) / 2).toFixed(8),
    taker_buy_quote_asset_volume: (row) => (volume[row] as number).toFixed(8),
    ignore: () => '0',
  };
}
