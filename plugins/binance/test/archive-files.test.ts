import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameFiles, parsePeriod } from '../src/archive-files.js';
import { binance } from '../src/index.js';
import { listUrlOf, type Options, options } from '../src/options.js';
import { request, SPOT } from './scripted-host.js';

const settings = options.parse({}) as Options;
const names = (start: string, end: string, period: 'month' | 'day', more = {}) =>
  nameFiles(request(start, end, more), period, settings).map(({ name }) => name);

it('names months and days that meet the range, across a year', () => {
  expect(names('2023-12-31T23:00Z', '2024-02-01T00:00Z', 'month')).toEqual(['2023-12', '2024-01']);
  expect(names('2023-12-31T23:00Z', '2024-01-02T00:01Z', 'day')).toEqual(['2023-12-31', '2024-01-01', '2024-01-02']);
  expect(names('2024-02-29T12:00Z', '2024-02-29T12:00Z', 'day')).toEqual([]);
  expect(names('1970-01-01T00:00Z', '2017-09-01T00:00Z', 'month')).toEqual(['2017-07', '2017-08']);
});

it('writes addresses as the archive has them: 1mo, folders by market, upper case', () => {
  const [month] = nameFiles(request('2024-01-01', '2024-02-01', { timeframe: '1mo' }), 'month', settings);
  expect(month).toMatchObject({
    url: 'https://data.binance.vision/data/spot/monthly/klines/BTCUSDT/1mo/BTCUSDT-1mo-2024-01.zip',
    start: Date.UTC(2024, 0),
    end: Date.UTC(2024, 1),
  });
  const instrument = { ...SPOT, symbol: 'BTCUSD_PERP@cm', native: 'BTCUSD_PERP', market: 'cm' };
  const [day] = nameFiles(request('2024-01-31', '2024-02-01', { instrument }), 'day', settings);
  expect(day?.url).toBe(
    'https://data.binance.vision/data/futures/cm/daily/klines/BTCUSD_PERP/1h/BTCUSD_PERP-1h-2024-01-31.zip',
  );
});

it('has no daily files of bars longer than a day', () => {
  for (const timeframe of ['3d', '1w', '1mo'] as const) {
    expect(names('2024-01-01', '2024-02-01', 'day', { timeframe })).toEqual([]);
    expect(names('2024-01-01', '2024-02-01', 'month', { timeframe })).toEqual(['2024-01']);
  }
});

it('covers any range without a hole or an overlap, and every name reads back', () => {
  const instant = fc.integer({ min: Date.UTC(2017, 7), max: Date.UTC(2030, 0) });
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 100 * 86_400_000 }),
      fc.constantFrom('month', 'day'),
      (start, length, period) => {
        const files = nameFiles({ instrument: SPOT, timeframe: '1m', start, end: start + length }, period, settings);
        expect(files[0]?.start).toBeLessThanOrEqual(start);
        expect(files[0]?.end).toBeGreaterThan(start);
        expect(files.at(-1)?.end).toBeGreaterThanOrEqual(start + length);
        expect(files.at(-1)?.start).toBeLessThan(start + length);
        for (const [i, file] of files.entries()) {
          if (i > 0) expect(file.start).toBe(files[i - 1]?.end);
          expect(parsePeriod(file.name, period)).toEqual({ name: file.name, start: file.start, end: file.end });
        }
      },
    ),
    { numRuns: 100 },
  );
});

it.each(['2024-1', '2024-13', '2024-02-30', '2024', '2024-01-01', 'x2024-01', '2020-8', ''])(
  'takes %p for no month',
  (name) => {
    expect(parsePeriod(name, 'month')).toBeUndefined();
  },
);

it('asks the archive itself for listings where only the archive was changed', () => {
  expect(listUrlOf(settings)).toBe('https://s3-ap-northeast-1.amazonaws.com/data.binance.vision');
  const mirror = options.parse({ archiveUrl: 'http://127.0.0.1:4000/' }) as Options;
  expect(listUrlOf(mirror)).toBe('http://127.0.0.1:4000');
  expect(listUrlOf({ ...mirror, archiveListUrl: 'http://127.0.0.1:5000' })).toBe('http://127.0.0.1:5000');
  expect(() => options.parse({ archiveUrl: 'ftp://127.0.0.1' })).toThrow();
  expect(() => options.parse({ restURL: 'https://api.binance.com' })).toThrow();
});

it('knows its own symbols by their form', () => {
  const own = (symbol: string, market?: string, assetClass: 'crypto' | 'equity' = 'crypto') =>
    binance.instrument(
      { symbol: market ? `${symbol}@${market}` : symbol, ticker: symbol, market, assetClass },
      settings,
    )?.native;
  expect([own('BTCUSDT'), own('1000SHIBUSDT', 'um'), own('BTCUSD_PERP', 'cm'), own('BTCUSDT_240628', 'um')]).toEqual([
    'BTCUSDT',
    '1000SHIBUSDT',
    'BTCUSD_PERP',
    'BTCUSDT_240628',
  ]);
  for (const symbol of ['BTC-USD', 'BTC/USDT', 'btcusdt', 'BTCUSD_PERP', '../BTCUSDT', 'A'.repeat(21), '.', '..', ''])
    expect(own(symbol)).toBeUndefined();
  expect(own('BTCUSDT', 'xx')).toBeUndefined();
  expect(own('AAPL', undefined, 'equity')).toBeUndefined();
});
