import type { Listing } from './market.js';
import { FUTURES_OUTAGES, type Outage, SPOT_OUTAGES } from './outages.js';

/** A listing, and what its prices are made from. */
export interface Recipe extends Listing {
  /** What is priced: listings of one thing share its path. */
  readonly path: string;
  /** The price at the start of 2020, and its growth a year (natural logarithm). */
  readonly price: number;
  readonly growth: number;
  /** The typical move from one price to the next. */
  readonly sigma: number;
  readonly octaves: number;
  /** Traded in a usual minute, in whole coins, shares or contracts; 0 where nobody counts. */
  readonly volume: number;
  readonly volumeDecimals: number;
  /** `inverse`: contracts of so many dollars, whose turnover is counted in coins. */
  readonly contract?: number;
  readonly outages: readonly Outage[];
  /** How many minutes of a million go by without a trade, and whether such a minute is a bar all the same. */
  readonly quiet: number;
  readonly quietIs: 'flat' | 'absent';
  /** Synthetic indices are ticks first: one every so many milliseconds. */
  readonly tickMs?: number;
  /** Spikes once in so many ticks, and by how much. */
  readonly spike?: { readonly every: number; readonly size: number };
}

const CRYPTO = { kind: 'crypto', octaves: 10, volumeDecimals: 5, quietIs: 'flat' } as const;
const COIN = { ...CRYPTO, outages: [], quiet: 0 } as const;
const SPOT = { ...CRYPTO, outages: SPOT_OUTAGES } as const;
const STOCK = {
  kind: 'stock',
  octaves: 10,
  decimals: 2,
  volumeDecimals: 0,
  outages: [],
  quiet: 0,
  quietIs: 'absent',
} as const;
const SYNTHETIC = {
  kind: 'synthetic',
  growth: 0,
  octaves: 12,
  volume: 0,
  volumeDecimals: 0,
  outages: [],
  quiet: 0,
  quietIs: 'absent',
} as const;

const BTC = { path: 'BTC', price: 9000, growth: 0.45, sigma: 0.0008 } as const;
const ETH = { path: 'ETH', price: 180, growth: 0.5, sigma: 0.001 } as const;
const SOL = { path: 'SOL', price: 3, growth: 0.65, sigma: 0.0014 } as const;

const at = Date.parse;
const everywhere = (name: string) => ({ yahoo: name, 'alpha-vantage': name });
const R_SIGMA = 1 / Math.sqrt(365 * 43_200);

// biome-ignore format: a table
export const RECIPES: readonly Recipe[] = [
  { ...SPOT, ...BTC, symbol: 'BTCUSDT', names: { binance: 'BTCUSDT' }, listedFrom: at('2017-08-17T04:00Z'), decimals: 2, volume: 25, quiet: 1500 },
  { ...SPOT, ...ETH, symbol: 'ETHUSDT', names: { binance: 'ETHUSDT' }, listedFrom: at('2017-08-17T04:00Z'), decimals: 2, volume: 300, volumeDecimals: 4, quiet: 2500 },
  { ...SPOT, ...SOL, symbol: 'SOLUSDT', names: { binance: 'SOLUSDT' }, listedFrom: at('2020-08-11T06:00Z'), decimals: 4, volume: 2500, volumeDecimals: 2, quiet: 9000 },
  { ...SPOT, path: 'LUNA', price: 0.4, growth: 2, sigma: 0.002, symbol: 'LUNAUSDT', names: { binance: 'LUNAUSDT' }, listedFrom: at('2020-08-21T10:00Z'), listedUntil: at('2022-05-13T00:40Z'), decimals: 4, volume: 9000, volumeDecimals: 2, quiet: 12_000 },
  { ...SPOT, path: 'S', price: 2, growth: 0.45, sigma: 0.0014, symbol: 'STRY', names: { binance: 'STRY' }, listedFrom: at('2024-09-18T10:00Z'), decimals: 3, volume: 3000, volumeDecimals: 1, quiet: 12_000 },
  { ...CRYPTO, ...BTC, symbol: 'BTCUSDT@um', names: { 'binance-um': 'BTCUSDT' }, listedFrom: at('2019-09-08T17:57Z'), decimals: 1, volume: 110, volumeDecimals: 3, outages: FUTURES_OUTAGES, quiet: 300 },
  { ...CRYPTO, ...BTC, symbol: 'BTCUSD_PERP@cm', names: { 'binance-cm': 'BTCUSD_PERP' }, listedFrom: at('2020-08-10T07:00Z'), decimals: 1, volume: 9000, volumeDecimals: 0, contract: 100, outages: FUTURES_OUTAGES, quiet: 4000 },
  { ...COIN, ...BTC, symbol: 'BTC-USD', names: { coingecko: 'bitcoin', yahoo: 'BTC-USD', 'alpha-vantage': 'BTC' }, listedFrom: at('2014-09-17T00:00Z'), decimals: 2, volume: 400 },
  { ...COIN, ...ETH, symbol: 'ETH-USD', names: { coingecko: 'ethereum', yahoo: 'ETH-USD', 'alpha-vantage': 'ETH' }, listedFrom: at('2017-11-09T00:00Z'), decimals: 2, volume: 5000, volumeDecimals: 4 },
  { ...COIN, ...SOL, symbol: 'SOL-USD', names: { coingecko: 'solana', yahoo: 'SOL-USD', 'alpha-vantage': 'SOL' }, listedFrom: at('2020-04-10T00:00Z'), decimals: 4, volume: 40_000, volumeDecimals: 2 },
  { ...COIN, path: 'BTC impostor', price: 0.8, growth: -0.1, sigma: 0.003, symbol: 'BITCOIN-BRIDGED-USD', names: { coingecko: 'bridged-bitcoin-sandbox' }, listedFrom: at('2023-05-01T00:00Z'), decimals: 6, volume: 700, volumeDecimals: 2 },
  { ...STOCK, path: 'AAPL', price: 75, growth: 0.15, sigma: 0.0007, symbol: 'AAPL', names: everywhere('AAPL'), listedFrom: at('1990-01-02T14:30Z'), volume: 180_000 },
  { ...STOCK, path: 'MSFT', price: 160, growth: 0.12, sigma: 0.0006, symbol: 'MSFT', names: everywhere('MSFT'), listedFrom: at('1990-01-02T14:30Z'), volume: 60_000 },
  { ...STOCK, path: 'SPY', price: 320, growth: 0.09, sigma: 0.0004, symbol: 'SPY', names: everywhere('SPY'), listedFrom: at('1993-01-29T14:30Z'), volume: 200_000 },
  { ...STOCK, path: 'IBM', price: 130, growth: 0.03, sigma: 0.0005, symbol: 'IBM', names: everywhere('IBM'), listedFrom: at('1990-01-02T14:30Z'), volume: 10_000 },
  { ...STOCK, path: 'THIN', price: 12, growth: 0.01, sigma: 0.0012, symbol: 'THIN', names: everywhere('THIN'), listedFrom: at('2010-06-01T13:30Z'), volume: 90, quiet: 600_000 },
  { kind: 'fx', path: 'EURUSD', price: 1.12, growth: 0, sigma: 0.00012, octaves: 10, symbol: 'EURUSD=X', names: { deriv: 'frxEURUSD', yahoo: 'EURUSD=X', 'alpha-vantage': 'EURUSD' }, listedFrom: at('2003-12-01T00:00Z'), decimals: 5, volume: 0, volumeDecimals: 0, outages: [], quiet: 0, quietIs: 'absent' },
  { ...SYNTHETIC, path: 'R_100', price: 1500, sigma: R_SIGMA, tickMs: 2000, symbol: 'R_100', names: { deriv: 'R_100' }, listedFrom: at('2019-01-01T00:00Z'), decimals: 2 },
  { ...SYNTHETIC, path: 'R_50', price: 250, sigma: R_SIGMA / 2, tickMs: 2000, symbol: 'R_50', names: { deriv: 'R_50' }, listedFrom: at('2019-01-01T00:00Z'), decimals: 4 },
  { ...SYNTHETIC, path: '1HZ100V', price: 1200, sigma: R_SIGMA / Math.SQRT2, tickMs: 1000, symbol: '1HZ100V', names: { deriv: '1HZ100V' }, listedFrom: at('2020-03-01T00:00Z'), decimals: 2 },
  { ...SYNTHETIC, path: 'BOOM1000', price: 12_000, sigma: R_SIGMA / 10, tickMs: 2000, spike: { every: 1000, size: 0.004 }, symbol: 'BOOM1000', names: { deriv: 'BOOM1000' }, listedFrom: at('2019-06-01T00:00Z'), decimals: 3 },
];
