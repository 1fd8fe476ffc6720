import { createHash } from 'node:crypto';
import { type Bars, column, concatBars, sliceRows } from '../../../src/market/bars.js';
import { jsonFile, type OldFile } from './old-file.js';
import { parquetBytes } from './parquet-bytes.js';
import { splitPeriods } from './split-periods.js';

export interface DerivOptions {
  readonly symbol: string;
  /** Of candles; absent for ticks. */
  readonly seconds?: number;
  /** The later versions state it; the earlier left it null. */
  readonly checksum?: boolean;
  /** Candles got a volume of zeros at last. */
  readonly filler?: boolean;
}

/** `SYMBOL/ticks/2024-01.parquet` or `SYMBOL/candles_60/…`: the next month's first row is in both. */
export function derivMonthFiles(bars: Bars, options: DerivOptions): OldFile[] {
  const { symbol, seconds, checksum = false, filler = false } = options;
  const months = splitPeriods(bars, 'month');
  return months.flatMap(({ name, bars: own }, at) => {
    const next = months[at + 1]?.bars;
    const rows = shape(next === undefined ? own : concatBars([own, sliceRows(next, 0, 1)]), seconds, filler);
    const bytes = parquetBytes(rows, { time: 'epoch', unit: 'epoch-s', names: { price: 'quote' } });
    const path = `${symbol}/${seconds === undefined ? 'ticks' : `candles_${seconds}`}/${name}`;
    const sidecar = {
      schema_version: '1.0.0',
      symbol,
      data_type: seconds === undefined ? 'ticks' : 'candles',
      granularity: seconds ?? null,
      start_epoch: (rows.time[0] as number) / 1000,
      end_epoch: (rows.time.at(-1) as number) / 1000,
      record_count: rows.time.length,
      gaps_detected: 0,
      duplicates_removed: 0,
      sha256: checksum ? createHash('sha256').update(bytes).digest('hex') : null,
      created_at: '2025-12-28T10:00:00+00:00',
      download_duration_seconds: 1.5,
      file_size: bytes.length,
    };
    return [{ path: `${path}.parquet`, bytes }, jsonFile(`${path}.metadata.json`, sidecar)];
  });
}

/** Candles as Deriv lists their keys. */
function shape(bars: Bars, seconds: number | undefined, filler: boolean): Bars {
  if (seconds === undefined) return bars;
  const names = ['close', 'high', 'low', 'open'];
  const values = names.map((name) => column(bars, name));
  if (!filler) return { time: bars.time, columns: names, values };
  return { time: bars.time, columns: [...names, 'volume'], values: [...values, new Float64Array(bars.time.length)] };
}
