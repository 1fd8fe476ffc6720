import { describe, expect, test } from '@jest/globals';
import { freqtradeFeatherFiles } from '../../support/legacy/freqtrade-feather.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import type { OldFile } from '../../support/legacy/old-file.js';
import { wallOf } from '../../support/legacy/pandas-text.js';
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

describe("Yahoo's change from the exchange's clock to UTC on 2026-07-06", () => {
  const zone = 'America/New_York';
  const yahoo = { provider: 'yfinance', symbol: 'AAPL', timeframe: '1h' };
  /** Two sessions on each side of the change, seven hourly bars each. */
  const dayOf = (date: string): number[] =>
    Array.from({ length: 7 }, (_, hour) => Date.parse(`${date}T13:30:00Z`) + hour * HOUR);
  const june = [...dayOf('2026-06-29'), ...dayOf('2026-06-30')];
  const july = [...dayOf('2026-07-07'), ...dayOf('2026-07-08')];
  const writtenOn = (files: readonly OldFile[], day: string): OldFile[] =>
    files.map((file) => ({ ...file, modified: Date.parse(day) }));
  const sorted = (rows: readonly (readonly number[])[] = []) =>
    [...rows].sort((a, b) => (a[0] as number) - (b[0] as number));

  test("a file written before it is New York's wall time, and nothing else", async () => {
    const bars = barsAt(june);
    const files = writtenOn(providerYearParquetFiles(bars, { ...yahoo, zone }), '2026-07-05');
    const { rows, claims } = await readTree(memoryTree(files));
    expect(rows).toEqual({ 'AAPL 1h': listRows(bars) });
    expect(claims[0]).toMatchObject({ provider: 'yahoo', zone: { kind: 'exchange' }, notes: [], zoneNote: undefined });
  });

  test('a file written after it may have both, and each day is told by its session', async () => {
    const bars = barsAt([...june, ...july]);
    const asWritten = { ...bars, time: bars.time.map((at) => (at < (july[0] as number) ? wallOf(at, zone) : at)) };
    const files = writtenOn(providerYearParquetFiles(asWritten, yahoo), '2026-07-09');
    const { rows, claims } = await readTree(memoryTree(files));
    expect(sorted(rows['AAPL 1h'])).toEqual(listRows(bars));
    expect(claims[0]?.zoneNote).toContain('wall time or UTC');
    // The sidecar's day goes before the file's: a copy is as new as the copying.
    const dated = writtenOn(providerYearParquetFiles(barsAt(june), { ...yahoo, zone, inFolder: true }), '2026-09-01');
    const sidecar = dated[1] as OldFile;
    const old = {
      ...(JSON.parse(Buffer.from(sidecar.bytes).toString()) as object),
      last_updated: '2026-07-01T10:00:00',
    };
    const copied = [dated[0] as OldFile, { ...sidecar, bytes: Buffer.from(JSON.stringify(old)) }];
    expect((await readTree(memoryTree(copied))).claims[0]?.zoneNote).toBeUndefined();
    expect((await readTree(memoryTree(dated))).claims[0]?.zoneNote).toContain('wall time or UTC');
  });

  test('days stamped with their date and with their midnight in UTC are the same days', async () => {
    const dates = ['2026-01-05', '2026-06-30', '2026-07-07', '2026-07-08'].map((date) => Date.parse(date));
    const bars = barsAt(dates);
    // Winter's midnight is 05:00, summer's 04:00.
    const asWritten = { ...bars, time: bars.time.map((at, row) => at + ([5, 0, 4, 4][row] as number) * HOUR) };
    const files = providerYearParquetFiles(asWritten, { ...yahoo, timeframe: '1d' });
    const { rows } = await readTree(memoryTree(writtenOn(files, '2026-07-09')));
    expect(sorted(rows['AAPL 1d'])).toEqual(listRows(bars));
  });

  test('a coin has no such change', async () => {
    const bars = barsAt(june);
    const files = writtenOn(providerYearParquetFiles(bars, { ...yahoo, symbol: 'BTC-USD' }), '2026-07-09');
    const { rows, claims } = await readTree(memoryTree(files));
    expect(Object.values(rows)).toEqual([listRows(bars)]);
    expect(claims[0]).toMatchObject({ notes: [], zoneNote: undefined });
  });
});
