import { gzipSync } from 'node:zlib';
import type { Bars } from '../../../src/market/bars.js';
import { jsonFile, type OldFile } from './old-file.js';
import { pandasCsv } from './pandas-text.js';
import { splitYears } from './split-years.js';

export interface ProviderYearOptions {
  readonly provider: string;
  readonly symbol: string;
  readonly timeframe: string;
  /** `YYYY/data.csv` rather than `YYYY.csv.gz`. */
  readonly inFolder?: boolean;
  /** What the bytes are, whatever the name says. */
  readonly packed?: boolean;
  /** `csv` or `csv.gz`. */
  readonly extension?: string;
  readonly index?: string;
  readonly zone?: string;
}

/** `provider/SYMBOL/tf/…`: the caches before the unified one. */
export function providerYearFiles(bars: Bars, options: ProviderYearOptions): OldFile[] {
  const { provider, symbol, timeframe, inFolder = false, packed = true, index = 'timestamp', zone = 'UTC' } = options;
  const extension = options.extension ?? (inFolder ? 'csv' : 'csv.gz');
  const folder = `${provider}/${symbol}/${timeframe}`;
  const facts = (year: number) => ({ provider, symbol, interval: timeframe, year, version: '1.0.0', row_count: 1 });
  const years = splitYears(bars, zone);
  const files = years.flatMap(({ year, bars: part }) => {
    const more = { provider_download_ts: () => '2025-08-01 10:00:00.123456+00:00' };
    const text = pandasCsv(part, { index, zone, more });
    const bytes = packed ? gzipSync(text) : Buffer.from(text);
    if (!inFolder) return [{ path: `${folder}/${year}.${extension}`, bytes }];
    return [
      { path: `${folder}/${year}/data.${extension}`, bytes },
      jsonFile(`${folder}/${year}/metadata.json`, facts(year)),
    ];
  });
  if (inFolder) return files;
  const shared = { years: Object.fromEntries(years.map(({ year }) => [year, facts(year)])), provider, symbol };
  return [...files, jsonFile(`${folder}/metadata.json`, shared)];
}
