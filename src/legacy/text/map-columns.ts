import { OHLCV } from '../../market/bars.js';

/** What a header says, in our words. */
export interface Header {
  readonly time: number;
  readonly columns: readonly string[];
  readonly cells: readonly number[];
  /** Columns that nobody needs, or nobody knows, as the file calls them. */
  readonly dropped: readonly string[];
}

/** Binance's columns after the fifth, by every name they were given; the others that may come are taken as they are. */
const EXTRAS: Readonly<Record<string, string>> = {
  quote_asset_volume: 'quote_volume',
  quote_volume: 'quote_volume',
  quoteassetvolume: 'quote_volume',
  number_of_trades: 'trades',
  trade_count: 'trades',
  trades: 'trades',
  count: 'trades',
  taker_buy_base_asset_volume: 'taker_buy_volume',
  taker_buy_base_volume: 'taker_buy_volume',
  taker_buy_base: 'taker_buy_volume',
  taker_buy_volume: 'taker_buy_volume',
  taker_buy_quote_asset_volume: 'taker_buy_quote_volume',
  taker_buy_quote_volume: 'taker_buy_quote_volume',
  taker_buy_quote: 'taker_buy_quote_volume',
  vwap: 'vwap',
  adj_close: 'adj_close',
  adjclose: 'adj_close',
  'adj close': 'adj_close',
  adj_open: 'adj_open',
  adjopen: 'adj_open',
  adj_high: 'adj_high',
  adjhigh: 'adj_high',
  adj_low: 'adj_low',
  adjlow: 'adj_low',
  adj_volume: 'adj_volume',
  adjvolume: 'adj_volume',
};

/** Says nothing that the time and the timeframe do not, or belongs to the old tool. */
const SILENT = new Set([
  'close_time',
  'ignore',
  'ignored',
  'index',
  'temp_index',
  '__index_level_0__',
  'original_timestamp',
  '_data_source',
  'provider_download_ts',
  'bar_count',
]);

const TIMES = ['timestamp', 'datetime', 'open_time', 'date', 'time', 'index', ''];

/** A header's cells; undefined where they name no bars: four prices, and a time or an unnamed first column. */
export function mapColumns(names: readonly string[]): Header | undefined {
  const keys = names.map((name) =>
    name
      .trim()
      .replace(/^\ufeff|^"|"$/g, '')
      .toLowerCase(),
  );
  if (keys[0] === 'timestamp' && keys[1] === 'price') return mapTicks(keys);
  const prices = OHLCV.map((name) => keys.indexOf(name));
  if (prices.slice(0, 4).some((cell) => cell < 0)) return undefined;
  const named = TIMES.map((name) => keys.indexOf(name)).find((cell) => cell >= 0);
  // Upstream reads the first column as the time whatever it is called; a price there means that there is no time.
  const time = named ?? ((keys[0] as string) in EXTRAS || prices.includes(0) ? undefined : 0);
  if (time === undefined) return undefined;
  const columns: string[] = [...OHLCV];
  const cells = [...prices];
  const dropped: string[] = [];
  for (const [cell, key] of keys.entries()) {
    if (cell === time || prices.includes(cell)) continue;
    const ours = Object.hasOwn(EXTRAS, key) ? (EXTRAS[key] as string) : undefined;
    if (ours !== undefined && !columns.includes(ours)) {
      columns.push(ours);
      cells.push(cell);
    } else if (!SILENT.has(key)) dropped.push(names[cell] as string);
  }
  return { time, columns, cells, dropped };
}

/** Almanac's own ticks; nobody else writes this header. */
function mapTicks(keys: readonly string[]): Header {
  return { time: 0, columns: keys.slice(1), cells: keys.slice(1).map((_, cell) => cell + 1), dropped: [] };
}

/** Binance's twelve cells without a header. */
export const KLINE_HEADER = [
  'open_time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'close_time',
  'quote_volume',
  'count',
  'taker_buy_volume',
  'taker_buy_quote_volume',
  'ignore',
] as const;
