import { expect, test } from '@jest/globals';
import { freqtradeFeatherFiles } from '../../support/legacy/freqtrade-feather.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import { providerYearParquetFiles } from '../../support/legacy/provider-year-parquet.js';
import { readTree } from '../../support/legacy/read-tree.js';
import { barsAt, listRows, makeBars } from '../../support/make-bars.js';

const HOUR = 3_600_000;
/** Regular hours of New York on both sides of its clocks' change in March 2024. */
const sessions = barsAt([14.5, 15.5, 16.5, 85.5, 86.5].map((hours) => Date.UTC(2024, 2, 8) + hours * HOUR));

test('coins are UTC, stocks New York’s wall time, by who wrote them', async () => {
  const coins = makeBars('1h', Date.UTC(2023, 11, 31), 48);
  const { rows, claims } = await readTree(
    memoryTree([
      ...providerYearParquetFiles(coins, { provider: 'binance', symbol: 'BTCUSDT', timeframe: '1h' }),
      ...providerYearParquetFiles(sessions, {
        provider: 'alpha_vantage',
        symbol: 'AAPL',
        timeframe: '30m',
        inFolder: true,
        zone: 'America/New_York',
      }),
    ]),
  );
  expect(rows).toEqual({ 'BTCUSDT 1h': listRows(coins), 'AAPL 30m': listRows(sessions) });
  expect(claims.map(({ provider }) => provider)).toEqual(['alpha-vantage', 'binance', 'binance']);
  expect(claims[0]?.companions).toEqual(['alpha_vantage/AAPL/30m/2024/metadata.json']);
});

test('what nobody knows the zone of needs one', async () => {
  const files = providerYearParquetFiles(sessions, {
    provider: 'acme',
    symbol: 'AAPL',
    timeframe: '30m',
    zone: 'America/New_York',
  });
  await expect(readTree(memoryTree(files))).rejects.toThrow('--assume-tz');
  const { rows } = await readTree(memoryTree(files), 'America/New_York');
  expect(rows).toEqual({ 'AAPL 30m': listRows(sessions) });
});

test('made-up prices are refused by name', async () => {
  const files = providerYearParquetFiles(sessions, { provider: 'mock', symbol: 'AAPL', timeframe: '30m' });
  const { refused } = await readTree(memoryTree(files));
  expect(refused).toEqual([expect.objectContaining({ code: 'SYNTHETIC' })]);
});

test('freqtrade’s feather, spot and futures; its mark prices are no bars', async () => {
  const bars = makeBars('5m', Date.UTC(2024, 0, 1), 700);
  const pair = 'BTC_USDT';
  const { rows, refused } = await readTree(
    memoryTree([
      ...freqtradeFeatherFiles(bars, { pair, timeframe: '5m' }),
      ...freqtradeFeatherFiles(bars, { pair: `${pair}_USDT`, timeframe: '5m', futures: true }),
      ...freqtradeFeatherFiles(bars, { pair: 'ETH_USDT_USDT', timeframe: '8h-mark' }),
    ]),
  );
  expect(rows).toEqual({ 'BTCUSDT 5m': listRows(bars), 'BTCUSDT@um 5m': listRows(bars) });
  expect(refused).toEqual([expect.objectContaining({ code: 'NOT_BARS' })]);
});
