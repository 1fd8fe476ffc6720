import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { OldFile } from '../support/legacy/old-file.js';
import { jsonFile } from '../support/legacy/old-file.js';
import { scanOldFiles } from '../support/legacy/scan-and-read.js';

interface Old {
  readonly symbol?: string;
  readonly timeframe: string;
  readonly provider?: string;
  readonly written?: string;
  readonly stamps: readonly string[];
}

/** A year of the unified cache with these stamps; the close counts the rows. */
function oldYear({
  symbol = 'AAPL',
  timeframe,
  provider,
  written = '2025-09-01T12:00:00.123456',
  stamps,
}: Old): OldFile[] {
  const lines = stamps.map((stamp, row) => `${stamp},1.5,${row + 9}.0,0.5,${row + 1}.0,100`);
  const text = ['timestamp,open,high,low,close,volume', ...lines, ''].join('\n');
  const data = { path: `${symbol}/${timeframe}/2026.csv.gz`, bytes: gzipSync(text) };
  if (provider === undefined) return [data];
  const sidecar = { data_source: provider, last_updated: written };
  return [data, jsonFile(`${symbol}/${timeframe}/2026.metadata.json`, sidecar)];
}

async function readTimes(old: Old, zone?: string): Promise<string[]> {
  const found = await scanOldFiles(oldYear(old));
  expect(found.refused).toEqual({});
  const bars = await found.read({ zone });
  return [...bars.time].map((time) => new Date(time).toISOString().slice(0, 16));
}

const AFTER = '2026-07-10T10:00:00.000001';

describe('stamps of old caches', () => {
  it.each([
    ['binance', 'BTCUSDT', '1h', '2026-01-05 09:00:00', '2026-01-05T09:00'],
    ['alpha_vantage', 'AAPL', '5m', '2026-01-05 09:30:00', '2026-01-05T14:30'],
    ['alpha_vantage', 'AAPL', '5m', '2026-06-05 09:30:00', '2026-06-05T13:30'],
    ['alpaca', 'AAPL', '5m', '2026-06-05 13:30:00', '2026-06-05T13:30'],
    ['polygon', 'AAPL', '5m', '2026-06-05 13:30:00', '2026-06-05T13:30'],
    ['twelvedata', 'VOD.L', '5m', '2026-06-05 08:00:00', '2026-06-05T07:00'],
    ['yfinance', 'AAPL', '5m', '2026-06-05 09:30:00', '2026-06-05T13:30'],
    ['yahoo', '7203.T', '1h', '2026-06-05 09:00:00', '2026-06-05T00:00'],
    ['yahoo', 'BTC-USD', '1h', '2026-06-05 09:00:00', '2026-06-05T09:00'],
    ['yahoo', 'AAPL', '1d', '2026-06-05', '2026-06-05T00:00'],
    ['yahoo', '7203.T', '1d', '2026-06-05', '2026-06-05T00:00'],
    ['alpha_vantage', 'AAPL', '1d', '2026-06-05', '2026-06-05T00:00'],
    ['yahoo', 'AAPL', '5m', '2026-06-05 09:30:00-04:00', '2026-06-05T13:30'],
  ])('%s, %s %s: %s is %s', async (provider, symbol, timeframe, stamp, instant) => {
    expect(await readTimes({ provider, symbol, timeframe, stamps: [stamp] })).toEqual([instant]);
  });

  it('takes the zone a person names instead', async () => {
    const old = { provider: 'binance', symbol: 'BTCUSDT', timeframe: '1h', stamps: ['2026-01-05 09:00:00'] };
    expect(await readTimes(old, 'Asia/Tokyo')).toEqual(['2026-01-05T00:00']);
  });

  it('does not let it overrule what the file says', async () => {
    const old = { provider: 'binance', symbol: 'BTCUSDT', timeframe: '1h', stamps: ['2026-01-05 09:00:00+00:00'] };
    expect(await readTimes(old, 'Asia/Tokyo')).toEqual(['2026-01-05T09:00']);
  });

  it('reads fractions of a second', async () => {
    const [file] = oldYear({
      provider: 'binance',
      symbol: 'BTCUSDT',
      timeframe: '1s',
      stamps: ['2026-01-05 09:00:00.123'],
    });
    const bars = await (await scanOldFiles([file as OldFile])).read();
    expect(bars.time[0]).toBe(Date.UTC(2026, 0, 5, 9, 0, 0, 123));
  });

  it('refuses to guess the hours of a stock nobody says anything of', async () => {
    const found = await scanOldFiles(
      oldYear({ timeframe: '5m', stamps: ['2026-06-05 09:30:00', '2026-06-05 09:35:00'] }),
    );
    expect(found.claims[0]?.confidence).toBeLessThanOrEqual(0.5);
    await expect(found.read()).rejects.toMatchObject({
      code: 'UNSURE',
      message: expect.stringContaining('--assume-tz'),
    });
    expect((await found.read({ zone: 'America/New_York' })).time[0]).toBe(Date.UTC(2026, 5, 5, 13, 30));
  });
});

describe("Yahoo's change from the exchange's clock to UTC on 2026-07-06", () => {
  it.each([
    ['AAPL', ['2026-01-05 05:00:00', '2026-07-07 04:00:00'], ['2026-01-05T00:00', '2026-07-07T00:00']],
    ['VOD.L', ['2026-01-05 00:00:00', '2026-07-06 23:00:00'], ['2026-01-05T00:00', '2026-07-07T00:00']],
    ['7203.T', ['2026-07-06 15:00:00'], ['2026-07-07T00:00']],
    ['^VIX', ['2026-07-07 04:00:00'], ['2026-07-07T00:00']],
  ])('gives days of %s their date', async (symbol, stamps, instants) => {
    expect(await readTimes({ provider: 'yahoo', symbol, timeframe: '1d', written: AFTER, stamps })).toEqual(instants);
  });

  it('reads a day that has both, the later hand last', async () => {
    const stamps = ['2026-07-02 00:00:00', '2026-07-06 00:00:00', '2026-07-06 04:00:00', '2026-07-07 04:00:00'];
    const found = await scanOldFiles(oldYear({ provider: 'yahoo', timeframe: '1d', written: AFTER, stamps }));
    const bars = await found.read();
    expect([...bars.time].map((time) => new Date(time).toISOString().slice(5, 10))).toEqual([
      '07-02',
      '07-06',
      '07-06',
      '07-07',
    ]);
    expect([...(bars.values[3] as Float64Array)]).toEqual([1, 2, 3, 4]);
  });

  it('reads hours by when the exchange was open, a day at a time', async () => {
    const local = ['09:30', '10:30', '11:30', '12:30', '13:30', '14:30', '15:30'];
    const utc = ['13:30', '14:30', '15:30', '16:30', '17:30', '18:30', '19:30'];
    const day = (date: string, times: readonly string[]) => times.map((time) => `${date} ${time}:00`);
    const both = [...new Set([...local, ...utc])].sort();
    const stamps = [...day('2026-07-02', local), ...day('2026-07-06', both), ...day('2026-07-07', utc)];
    const times = await readTimes({ provider: 'yahoo', timeframe: '1h', written: AFTER, stamps });
    const truth = ['2026-07-02', '2026-07-06', '2026-07-07'].flatMap((date) => utc.map((time) => `${date}T${time}`));
    expect([...new Set(times)].sort()).toEqual(truth);
  });

  it('leaves a file from before it alone', async () => {
    const stamps = ['2026-06-05 13:30:00', '2026-06-05 14:30:00'];
    const times = await readTimes({ provider: 'yahoo', timeframe: '1h', written: '2026-07-01T00:00:00', stamps });
    expect(times).toEqual(['2026-06-05T17:30', '2026-06-05T18:30']);
  });
});
