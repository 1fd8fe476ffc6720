import type { Bars } from '../../../src/market/bars.js';
import { jsonFile, type OldFile } from './old-file.js';
import { wallOf } from './pandas-text.js';
import { parquetBytes } from './parquet-bytes.js';
import { splitYears } from './split-years.js';

export interface ProviderYearParquetOptions {
  readonly provider: string;
  readonly symbol: string;
  readonly timeframe: string;
  /** `YYYY/data.parquet` rather than `YYYY.parquet`. */
  readonly inFolder?: boolean;
  /** The zone of the wall time they are written in. */
  readonly zone?: string;
}

/** `provider/SYMBOL/tf/…` with times that name no zone. */
export function providerYearParquetFiles(bars: Bars, options: ProviderYearParquetOptions): OldFile[] {
  const { provider, symbol, timeframe, inFolder = false, zone = 'UTC' } = options;
  const folder = `${provider}/${symbol}/${timeframe}`;
  return splitYears(bars, zone).flatMap(({ year, bars: part }) => {
    const time = part.time.map((at) => wallOf(at, zone));
    const bytes = parquetBytes({ ...part, time }, { time: 'timestamp', naive: true });
    if (!inFolder) return [{ path: `${folder}/${year}.parquet`, bytes }];
    const sidecar = { provider, symbol, interval: timeframe, year, version: '1.0.0', row_count: part.time.length };
    return [{ path: `${folder}/${year}/data.parquet`, bytes }, jsonFile(`${folder}/${year}/metadata.json`, sidecar)];
  });
}
