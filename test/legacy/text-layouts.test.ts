import { describe, expect, it } from '@jest/globals';
import { type Bars, selectColumns } from '../../src/market/bars.js';
import { alpacaMinutesFiles, alpacaSummedFiles } from '../support/legacy/alpaca.js';
import { freqtradeJsonFiles } from '../support/legacy/freqtrade-json.js';
import type { OldFile } from '../support/legacy/old-file.js';
import { ownFiles } from '../support/legacy/own.js';
import { providerYearFiles } from '../support/legacy/provider-year.js';
import { scanOldFiles } from '../support/legacy/scan-and-read.js';
import { binanceColumns, unifiedFiles } from '../support/legacy/unified.js';
import { visionFiles } from '../support/legacy/vision.js';
import { barsAt, listRows, makeBars } from '../support/make-bars.js';

const NEW_YEAR = Date.UTC(2023, 11, 31, 20);
const HOURS = oddValues(makeBars('1h', NEW_YEAR, 60));
const MINUTES = oddValues(makeBars('1m', NEW_YEAR, 700));
const PLAIN = plainValues(makeBars('1m', Date.UTC(2023, 11, 31, 23), 180));

/** Doubles with all their digits, tiny ones that Python writes with an exponent, whole ones, and one that is absent. */
function oddValues(bars: Bars): Bars {
  const values = bars.values.map((column, c) =>
    column.map((value, row) => {
      if (row % 7 === 0) return (value / 3) * 1e-7;
      if (row % 7 === 1) return Math.round(value);
      if (row % 7 === 2 && c === 4) return Number.NaN;
      return value / 3;
    }),
  );
  return { ...bars, values };
}

/** Eight decimals at most: what the exchange prints. */
function plainValues(bars: Bars): Bars {
  return { ...bars, values: bars.values.map((column) => column.map((value) => Number(value.toFixed(8)))) };
}

interface Case {
  readonly name: string;
  readonly files: readonly OldFile[];
  readonly truth: Bars;
  readonly layout: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly provider: string;
  readonly sha256?: true;
}

const BTC = { symbol: 'BTCUSDT', timeframe: '1h' } as const;
const OLD = { ...BTC, provider: 'binance' } as const;

const CASES: readonly Case[] = [
  { name: 'unified', files: unifiedFiles(HOURS, OLD), truth: HOURS, layout: 'unified', ...OLD },
  {
    name: 'unified below ohlcv, an index without a name, stamps with an offset',
    files: unifiedFiles(HOURS, { ...OLD, under: 'ohlcv', index: '', aware: true }),
    truth: HOURS,
    layout: 'unified',
    ...OLD,
  },
  {
    name: "unified with Binance's eleven columns",
    files: unifiedFiles(HOURS, { ...OLD, more: binanceColumns(HOURS, '1h') }).slice(0, 2),
    truth: { ...HOURS, time: HOURS.time.slice(0, 4), values: HOURS.values.map((value) => value.slice(0, 4)) },
    layout: 'unified',
    ...OLD,
  },
  {
    name: 'unified without sidecars',
    files: unifiedFiles(HOURS, BTC),
    truth: HOURS,
    layout: 'unified',
    ...BTC,
    provider: 'unknown',
  },
  {
    name: 'unified, a symbol that begins with two dots',
    files: unifiedFiles(HOURS, { ...OLD, symbol: '..DOT' }),
    truth: HOURS,
    layout: 'unified',
    ...OLD,
    symbol: '..DOT',
  },
  {
    name: 'unified with a folder a year',
    files: unifiedFiles(HOURS, { ...OLD, nested: true }),
    truth: HOURS,
    layout: 'unified-nested',
    ...OLD,
  },
  {
    name: 'provider/year.csv.gz',
    files: providerYearFiles(HOURS, OLD),
    truth: HOURS,
    layout: 'provider-year',
    ...OLD,
  },
  {
    name: 'provider/year.csv.gz that is plain text, with a datetime',
    files: providerYearFiles(HOURS, { ...OLD, packed: false, index: 'datetime' }),
    truth: HOURS,
    layout: 'provider-year',
    ...OLD,
  },
  {
    name: 'provider/year/data.csv that is gzip',
    files: providerYearFiles(HOURS, { ...OLD, inFolder: true }),
    truth: HOURS,
    layout: 'provider-year',
    ...OLD,
  },
  {
    name: "Alpaca's minutes",
    files: alpacaMinutesFiles(MINUTES, 'AAPL'),
    truth: MINUTES,
    layout: 'alpaca-minutes',
    symbol: 'AAPL',
    timeframe: '1m',
    provider: 'alpaca',
  },
  {
    name: "Alpaca's sums",
    files: alpacaSummedFiles(HOURS, 'AAPL', '1h'),
    truth: HOURS,
    layout: 'alpaca-summed',
    symbol: 'AAPL',
    timeframe: '1h',
    provider: 'alpaca',
  },
  {
    name: "Alpaca's days, stamped 04:00",
    files: alpacaSummedFiles(makeBars('1d', Date.UTC(2023, 0, 3), 20), 'AAPL', '1d'),
    truth: makeBars('1d', Date.UTC(2023, 0, 3), 20),
    layout: 'alpaca-summed',
    symbol: 'AAPL',
    timeframe: '1d',
    provider: 'alpaca',
  },
  {
    name: 'zips of the spot archive, in ms, with checksums',
    files: visionFiles(PLAIN, { ticker: 'BTCUSDT', timeframe: '1m', checksum: true }),
    truth: PLAIN,
    layout: 'vision-zip',
    symbol: 'BTCUSDT',
    timeframe: '1m',
    provider: 'binance',
    sha256: true,
  },
  {
    name: 'zips of the spot archive, in µs',
    files: visionFiles(PLAIN, { ticker: 'BTCUSDT', timeframe: '1m', unit: 'us', folder: 'spot' }),
    truth: PLAIN,
    layout: 'vision-zip',
    symbol: 'BTCUSDT',
    timeframe: '1m',
    provider: 'binance',
  },
  {
    name: 'zips of futures, by the header',
    files: visionFiles(PLAIN, { ticker: 'BTCUSDT', timeframe: '1m', header: true }),
    truth: PLAIN,
    layout: 'vision-zip',
    symbol: 'BTCUSDT@um',
    timeframe: '1m',
    provider: 'binance',
  },
  {
    name: 'zips of futures, by the folder',
    files: visionFiles(PLAIN, { ticker: 'BTCUSDT', timeframe: '1m', folder: 'data/futures/um/monthly' }),
    truth: PLAIN,
    layout: 'vision-zip',
    symbol: 'BTCUSDT@um',
    timeframe: '1m',
    provider: 'binance',
  },
  {
    name: 'zips of coin futures, by the ticker',
    files: visionFiles(PLAIN, { ticker: 'BTCUSD_PERP', timeframe: '1m', header: true }),
    truth: PLAIN,
    layout: 'vision-zip',
    symbol: 'BTCUSD_PERP@cm',
    timeframe: '1m',
    provider: 'binance',
  },
  {
    name: "freqtrade's JSON",
    files: freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h', exchange: 'kraken' }),
    truth: HOURS,
    layout: 'freqtrade-json',
    ...BTC,
    provider: 'kraken',
  },
  {
    name: "freqtrade's packed JSON of futures",
    files: freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT_USDT', timeframe: '1h', futures: true, packed: true }),
    truth: HOURS,
    layout: 'freqtrade-json',
    symbol: 'BTCUSDT@um',
    timeframe: '1h',
    provider: 'binance',
  },
  {
    name: 'Almanac before version 1',
    files: ownFiles(HOURS, '%5EVIX', '^VIX', '1h', 0),
    truth: HOURS,
    layout: 'almanac',
    symbol: '^VIX',
    timeframe: '1h',
    provider: 'binance',
  },
  {
    name: 'Almanac without sidecars',
    files: ownFiles(HOURS, 'BTC%2FUSDT', 'BTC/USDT', '1h'),
    truth: HOURS,
    layout: 'almanac',
    symbol: 'BTC/USDT',
    timeframe: '1h',
    provider: 'unknown',
  },
  {
    name: "Almanac's ticks",
    files: ownFiles(barsAt([NEW_YEAR + 250, NEW_YEAR + 900], ['price', 'size']), 'R_100', 'R_100', 'ticks', 0),
    truth: barsAt([NEW_YEAR + 250, NEW_YEAR + 900], ['price', 'size']),
    layout: 'almanac',
    symbol: 'R_100',
    timeframe: 'ticks',
    provider: 'binance',
  },
];

describe('each old layout of text', () => {
  it.each(CASES)('$name', async ({ files, truth, layout, symbol, timeframe, provider, sha256 }) => {
    const found = await scanOldFiles(files);
    expect(found.all.filter(({ kind }) => kind !== 'claimed')).toEqual([]);
    expect(found.claims.length).toBeGreaterThan(0);
    for (const claim of found.claims) expect(claim).toMatchObject({ layout, symbol, timeframe, provider });
    expect(found.claims.every((claim) => (claim.sha256 !== undefined) === (sha256 === true))).toBe(true);
    expect(listRows(selectColumns(await found.read(), truth.columns))).toEqual(listRows(truth));
  });

  it("keeps Binance's further columns under our names", async () => {
    const found = await scanOldFiles(unifiedFiles(HOURS, { ...OLD, more: binanceColumns(HOURS, '1h') }).slice(0, 2));
    const bars = await found.read();
    const extras = ['quote_volume', 'trades', 'taker_buy_volume', 'taker_buy_quote_volume'];
    expect(bars.columns.slice(5)).toEqual(extras);
    expect(bars.values[6]?.slice(0, 3)).toEqual(Float64Array.of(7, 8, 9));
  });
});
