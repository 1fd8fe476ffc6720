import { createHash } from 'node:crypto';
import { type Bars, column } from '../../../src/market/bars.js';
import { closeOf, type Timeframe } from '../../../src/market/timeframe.js';
import { pickRows } from '../make-bars.js';
import type { OldFile } from './old-file.js';
import { zipOf } from './zip-of.js';

export interface VisionOptions {
  readonly ticker: string;
  readonly timeframe: Timeframe;
  readonly folder?: string;
  readonly header?: boolean;
  /** Spot files count in microseconds since 2025. */
  readonly unit?: 'ms' | 'us';
  readonly checksum?: boolean;
}

const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

/** `TICKER-tf-YYYY-MM.zip`, a month each, as Binance's archive has them. */
export function visionFiles(bars: Bars, options: VisionOptions): OldFile[] {
  const { ticker, timeframe, folder, header = false, unit = 'ms', checksum = false } = options;
  const months = new Map<string, number[]>();
  for (const [row, time] of bars.time.entries()) {
    const month = new Date(time).toISOString().slice(0, 7);
    const rows = months.get(month) ?? [];
    months.set(month, rows);
    rows.push(row);
  }
  return [...months].flatMap(([month, rows]) => {
    const name = `${ticker}-${timeframe}-${month}`;
    const lines = klineLines(pickRows(bars, rows), timeframe, unit);
    const bytes = zipOf(`${name}.csv`, `${(header ? [HEADER, ...lines] : lines).join('\n')}\n`);
    const path = `${folder === undefined ? '' : `${folder}/`}${name}.zip`;
    if (!checksum) return [{ path, bytes }];
    const hash = createHash('sha256').update(bytes).digest('hex');
    return [
      { path, bytes },
      { path: `${path}.CHECKSUM`, bytes: Buffer.from(`${hash}  ${name}.zip\n`) },
    ];
  });
}

/** Prices with eight decimals, as the exchange prints them: the bars' values have to fit. */
function klineLines(bars: Bars, timeframe: Timeframe, unit: 'ms' | 'us'): string[] {
  const scale = unit === 'us' ? '000' : '';
  const cell = (name: string, row: number): string => (column(bars, name)[row] as number).toFixed(8);
  return [...bars.time].map((time, row) => {
    const prices = ['open', 'high', 'low', 'close', 'volume'].map((name) => cell(name, row));
    const last = closeOf(timeframe, time) - 1;
    const close = unit === 'us' ? `${last}999` : String(last);
    return [`${time}${scale}`, ...prices, close, '12.50000000', row + 1, '6.25000000', '3.00000000', '0'].join(',');
  });
}
