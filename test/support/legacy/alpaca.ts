import { gzipSync } from 'node:zlib';
import type { Bars } from '../../../src/market/bars.js';
import { jsonFile, type OldFile } from './old-file.js';
import { pandasCsv } from './pandas-text.js';
import { splitYears } from './split-years.js';

/** `ohlcv/TICKER/TICKER-1m.csv.gz`, all years in one file and no sidecar. */
export function alpacaMinutesFiles(bars: Bars, symbol: string): OldFile[] {
  return [{ path: `ohlcv/${symbol}/${symbol}-1m.csv.gz`, bytes: gzipSync(pandasCsv(bars)) }];
}

/** `ohlcv/TICKER/tf/YYYY.csv.gz` with one `metadata.json`; daily bars are stamped 04:00 and count their minutes. */
export function alpacaSummedFiles(bars: Bars, symbol: string, timeframe: string): OldFile[] {
  const folder = `ohlcv/${symbol}/${timeframe}`;
  const isDaily = timeframe === '1d';
  const years = splitYears(bars);
  const files = years.map(({ year, bars: part }) => {
    const stamped = isDaily ? { ...part, time: part.time.map((time) => time + 4 * 3_600_000) } : part;
    const text = pandasCsv(stamped, isDaily ? { more: { bar_count: () => '390' } } : {});
    return { path: `${folder}/${year}.csv.gz`, bytes: gzipSync(text) };
  });
  const shared = {
    ticker: symbol,
    timeframe,
    last_updated: '2026-01-05T10:00:00.123456',
    years_available: years.map(({ year }) => year),
    total_bars: bars.time.length,
    trading_hours: { start_hour: 4, end_hour: 20 },
  };
  return [...files, jsonFile(`${folder}/metadata.json`, shared)];
}
