import { type Bars, selectColumns } from '../../../src/market/bars.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { alpacaMinutesFiles, alpacaSummedFiles } from './alpaca.js';
import { BINANCE_FORMS, binanceServiceFiles } from './binance-services.js';
import { derivMonthFiles } from './deriv-months.js';
import { freqtradeFeatherFiles } from './freqtrade-feather.js';
import { freqtradeJsonFiles } from './freqtrade-json.js';
import type { OldFile } from './old-file.js';
import { ownFiles } from './own.js';
import { pricedBars, timesFrom } from './priced-bars.js';
import { providerYearFiles } from './provider-year.js';
import { providerYearParquetFiles } from './provider-year-parquet.js';
import { binanceColumns, unifiedFiles } from './unified.js';
import { visionFiles } from './vision.js';

/** A generated old cache, and what has to come of it. */
export interface OldCache {
  /** What is odd about it. */
  readonly name: string;
  readonly files: readonly OldFile[];
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly provider: string;
  readonly truth: Bars;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Prices with eight decimals, as an exchange prints them. */
function rounded(bars: Bars): Bars {
  return { ...bars, values: bars.values.map((column) => column.map((value) => Number(value.toFixed(8)))) };
}

const across = pricedBars(timesFrom('2023-12-20T00:00:00Z', 24 * 24, HOUR));
const tiny = pricedBars(timesFrom('2024-03-01T00:00:00Z', 60, HOUR), 1e-9);
/** Of two weeks in which New York changes its clocks: sessions from 09:30, seven hourly bars a day. */
const newYork = pricedBars(
  ['2024-03-07', '2024-03-08', '2024-03-11', '2024-03-12'].flatMap((day) =>
    timesFrom(`${day}T${day < '2024-03-10' ? '14:30' : '13:30'}:00Z`, 7, HOUR),
  ),
);
const days = pricedBars(
  timesFrom('2024-01-02T00:00:00Z', 90, DAY).filter((time) => ![0, 6].includes(new Date(time).getUTCDay())),
);
const minutes = pricedBars(timesFrom('2024-01-05T14:30:00Z', 390, 60_000));
const micro = rounded(pricedBars(timesFrom('2025-01-30T00:00:00Z', 100, HOUR)));
/** With all that Binance tells of a bar. */
const nine: Bars = {
  time: across.time,
  columns: [...across.columns, 'quote_volume', 'trades', 'taker_buy_volume', 'taker_buy_quote_volume'],
  values: [
    ...across.values,
    ...[5.1, 7, 0.3, 0.7].map((factor) => across.time.map((_, row) => Math.round(row * factor))),
  ],
};
const ticks = selectColumns(
  { ...pricedBars(timesFrom('2025-12-31T23:30:00Z', 3000, 2000)), columns: ['price', 'a', 'b', 'c', 'd'] },
  ['price'],
);
const BTC = { symbol: 'BTCUSDT', timeframe: '1h', provider: 'binance' } as const;

/** One line a layout, and one for each oddity of it. */
export const EVERY_LAYOUT: readonly OldCache[] = [
  { name: 'unified', ...BTC, truth: across, files: unifiedFiles(across, BTC) },
  { name: 'unified, under ohlcv/', ...BTC, truth: across, files: unifiedFiles(across, { ...BTC, under: 'ohlcv' }) },
  { name: 'unified, with a year folder', ...BTC, truth: across, files: unifiedFiles(across, { ...BTC, nested: true }) },
  {
    ...{ name: "unified, with Binance's eleven columns", ...BTC, truth: across },
    files: unifiedFiles(across, { ...BTC, more: binanceColumns(across, '1h') }),
  },
  { name: 'unified, in scientific notation', ...BTC, truth: tiny, files: unifiedFiles(tiny, BTC) },
  {
    ...{ name: "unified, Yahoo's wall time over a change of clocks", symbol: 'AAPL', timeframe: '1h' },
    ...{ provider: 'yahoo', truth: newYork },
    files: unifiedFiles(newYork, {
      ...{ symbol: 'AAPL', timeframe: '1h', provider: 'yfinance', zone: 'America/New_York' },
    }),
  },
  {
    ...{ name: 'unified, dates alone', symbol: 'AAPL', timeframe: '1d', provider: 'yahoo', truth: days },
    files: unifiedFiles(days, { symbol: 'AAPL', timeframe: '1d', provider: 'yfinance' }),
  },
  {
    ...{ name: 'unified, Alpha Vantage in New York time', symbol: 'IBM', timeframe: '1h' },
    ...{ provider: 'alpha-vantage', truth: newYork },
    files: unifiedFiles(newYork, {
      ...{ symbol: 'IBM', timeframe: '1h', provider: 'alpha_vantage', zone: 'America/New_York' },
    }),
  },
  { name: 'provider/symbol/tf/year', ...BTC, truth: across, files: providerYearFiles(across, BTC) },
  {
    ...{ name: 'provider/symbol/tf/year/data.csv that is gzip', ...BTC, truth: across },
    files: providerYearFiles(across, { ...BTC, inFolder: true }),
  },
  {
    ...{ name: 'provider/symbol/tf/year.csv.gz that is text', ...BTC, truth: across },
    files: providerYearFiles(across, { ...BTC, packed: false }),
  },
  {
    ...{ name: "Alpaca's minutes", symbol: 'MSFT', timeframe: '1m', provider: 'alpaca', truth: minutes },
    files: alpacaMinutesFiles(minutes, 'MSFT'),
  },
  {
    ...{ name: "Alpaca's days", symbol: 'MSFT', timeframe: '1d', provider: 'alpaca', truth: days },
    files: alpacaSummedFiles(days, 'MSFT', '1d'),
  },
  {
    ...{ name: 'Binance Vision, in milliseconds', ...BTC, truth: rounded(across) },
    files: visionFiles(rounded(across), { ticker: 'BTCUSDT', timeframe: '1h', checksum: true }),
  },
  {
    ...{ name: 'Binance Vision, in microseconds', ...BTC, truth: micro },
    files: visionFiles(micro, { ticker: 'BTCUSDT', timeframe: '1h', unit: 'us' }),
  },
  {
    ...{ name: 'freqtrade JSON', ...BTC, truth: across },
    files: freqtradeJsonFiles(across, { pair: 'BTC_USDT', timeframe: '1h' }),
  },
  {
    ...{ name: 'freqtrade JSON in gzip', ...BTC, truth: across },
    files: freqtradeJsonFiles(across, { pair: 'BTC_USDT', timeframe: '1h', packed: true }),
  },
  ...BINANCE_FORMS.map((form) => ({
    ...{ name: `Binance services, ${form}`, ...BTC, truth: nine },
    files: binanceServiceFiles(nine, { form, ticker: 'BTCUSDT', interval: '1h' }),
  })),
  {
    ...{ name: 'Binance services, coin futures', ...BTC, symbol: 'BTCUSD_PERP@cm', truth: nine },
    files: binanceServiceFiles(nine, { form: 'B8', ticker: 'BTCUSD_PERP', interval: '1h', market: 'cm' }),
  },
  {
    ...{ name: 'Deriv candles', symbol: 'R_100', timeframe: '1h', provider: 'deriv' },
    truth: selectColumns(across, ['open', 'high', 'low', 'close']),
    files: derivMonthFiles(across, { symbol: 'R_100', seconds: 3600, filler: true, checksum: true }),
  },
  {
    ...{ name: 'Deriv ticks', symbol: '1HZ100V', timeframe: 'ticks', provider: 'deriv', truth: ticks },
    files: derivMonthFiles(ticks, { symbol: '1HZ100V' }),
  },
  {
    ...{ name: 'freqtrade Feather', ...BTC, truth: across },
    files: freqtradeFeatherFiles(across, { pair: 'BTC_USDT', timeframe: '1h' }),
  },
  {
    ...{ name: 'provider/symbol/tf/year.parquet', ...BTC, truth: across },
    files: providerYearParquetFiles(across, BTC),
  },
  {
    ...{ name: 'provider/symbol/tf/year/data.parquet, in New York time', symbol: 'IBM', timeframe: '1h' },
    ...{ provider: 'alpha-vantage', truth: newYork },
    files: providerYearParquetFiles(newYork, {
      ...{ symbol: 'IBM', timeframe: '1h', provider: 'alpha_vantage', zone: 'America/New_York', inFolder: true },
    }),
  },
  { name: "Almanac's own, version 0", ...BTC, truth: across, files: ownFiles(across, 'BTCUSDT', 'BTCUSDT', '1h', 0) },
];
