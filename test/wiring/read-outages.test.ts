import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outagesOf } from '../../src/market/outages.js';
import { readOutages } from '../../src/wiring/read-outages.js';

const HOUR = 3_600_000;

describe('the register that comes with the program', () => {
  test('is sound: every entry has its place, in order, none over another', async () => {
    const { outages } = await readOutages();
    const spot = outagesOf({ outages }, { provider: 'binance', symbol: 'BTCUSDT' });
    expect(spot).toHaveLength(32);
    for (const [i, { start, end }] of spot.entries()) {
      expect(end - start).toBeGreaterThan(0);
      expect(start).toBeGreaterThanOrEqual(spot[i - 1]?.end ?? 0);
    }
    expect(new Set(outages.map(({ from }) => from)).size).toBe(outages.length);
  });

  test('has Binance’s longest, of more than a day', async () => {
    const spot = outagesOf(await readOutages(), { provider: 'binance', symbol: 'ETHUSDT' });
    const longest = spot.filter(({ start, end }) => end - start > 12 * HOUR);
    expect(longest.map(({ start }) => new Date(start).toISOString().slice(0, 10))).toEqual(['2018-02-08']);
  });

  // Minutes of BTCUSDT since 2019 for which the exchange has no candle, counted by others from its public klines.
  test('covers the minutes that Binance itself lacks since 2019, and hardly more', async () => {
    const spot = outagesOf(await readOutages(), { provider: 'binance', symbol: 'BTCUSDT' });
    const since2019 = spot.filter(({ start }) => start >= Date.UTC(2019, 0, 1));
    const minutes = since2019.reduce((sum, { start, end }) => sum + end / 60_000 - Math.ceil(start / 60_000), 0);
    // 4,111 in 22 gaps, of which one of three minutes is left out.
    expect([since2019.length, minutes]).toEqual([21, 4108]);
  });

  test('says nothing of futures, nor of anybody else', async () => {
    const register = await readOutages();
    expect(outagesOf(register, { provider: 'binance', symbol: 'BTCUSDT@um' })).toEqual([]);
    expect(outagesOf(register, { provider: 'yahoo', symbol: 'AAPL' })).toEqual([]);
  });
});

describe('another register', () => {
  const read = async (text: string): Promise<unknown> => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'almanac-')), 'outages.json');
    await writeFile(file, text);
    return readOutages(file);
  };
  const entry = {
    provider: 'binance',
    from: '2020-01-01T00:00:00Z',
    to: '2020-01-01T01:00:00Z',
    what: 'w',
    source: 's',
  };

  test('is read where it is named', async () => {
    await expect(read(JSON.stringify({ outages: [entry] }))).resolves.toEqual({ outages: [entry] });
  });

  test.each([
    ['{', 'the whole file'],
    ['{"outages": [{}]}', 'outages.0.provider'],
    [JSON.stringify({ outages: [{ ...entry, to: entry.from }] }), 'outages.0.to: must end after it begins'],
    [JSON.stringify({ outages: [{ ...entry, from: '2020-01-01' }] }), 'outages.0.from: must be an instant'],
    [JSON.stringify({ outages: [{ ...entry, source: ' ' }] }), 'outages.0.source: must not be empty'],
    [JSON.stringify({ outages: [{ ...entry, symbol: 'BTCUSDT' }] }), 'symbol'],
  ])('%s is refused', async (text, where) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(where) });
  });

  test('is refused where it is not', async () => {
    await expect(readOutages('/nowhere/outages.json')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
