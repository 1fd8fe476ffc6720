import { describe, expect, it } from '@jest/globals';
import { createStampReader, type StampFormat } from '../../src/market/stamps.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { detectDelimiter } from '../../src/operations/import-csv/detect-delimiter.js';
import { importCsv } from '../../src/operations/import-csv/import-csv.js';
import { mapHeader } from '../../src/operations/import-csv/map-header.js';
import { openStore } from '../../src/store/open-store.js';
import { temporaryFolder } from '../support/temp-folder.js';

const reader = (format: StampFormat = 'auto', zone = 'UTC', sessionDates = false) =>
  createStampReader({ format, zone, sessionDates });
const MOMENT = Date.UTC(2024, 0, 31, 9, 30);

describe('time stamps', () => {
  it.each([
    '1706693400',
    '1706693400.0',
    '1706693400000',
    '1706693400000000',
    '1706693400000000000',
    '2024-01-31T09:30:00Z',
    '2024-01-31T10:30+01:00',
    '2024-01-31 09:30',
    '2024-01-31 09:30:00.000',
    '20240131093000',
    '2024.01.31 09:30',
    '2024/1/31 9:30:00',
    '2024-01-31 09:30:00 UTC',
  ])('reads %s', (text) => {
    expect(reader().read(text)).toBe(MOMENT);
  });

  it.each(['', 'x', '2024-02-30', '2024-01-31 24:00', '31/01/2024', '1e9', '99999999999999999999999999'])(
    'refuses %j',
    (text) => {
      expect(reader().read(text)).toBeUndefined();
    },
  );

  it('takes a zone for stamps without one, through both changes of the clock', () => {
    const stamps = reader('auto', 'America/New_York');
    expect(stamps.sawNaive).toBe(false);
    expect(stamps.read('2024-01-31 04:30')).toBe(MOMENT);
    expect(stamps.read('2024-07-01 09:30')).toBe(Date.UTC(2024, 6, 1, 13, 30));
    expect(stamps.read('2024-03-10 03:00')).toBe(Date.UTC(2024, 2, 10, 7));
    expect(stamps.sawNaive).toBe(true);
  });

  it('keeps a session its date, wherever its midnight is', () => {
    expect(reader('auto', 'America/New_York', true).read('2024-01-31')).toBe(Date.UTC(2024, 0, 31));
    expect(reader('auto', 'UTC', true).read('2024-01-31 00:00:00-05:00')).toBe(Date.UTC(2024, 0, 31));
  });

  it('obeys a format that was named', () => {
    expect(reader('ms').read('1000')).toBe(1000);
    expect(reader('s').read('20240131')).toBe(20240131000);
    expect(reader('iso').read('1706693400')).toBeUndefined();
  });
});

describe('columns', () => {
  it('are found by the names people give them', () => {
    const binance = ['open_time', 'open', 'high', 'low', 'close', 'volume', 'close_time'];
    expect(mapHeader(binance, 'BTCUSDT', false)).toMatchObject({ time: [0], ignored: ['close_time'] });
    expect(
      mapHeader(['<DATE>', '<TIME>', '<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>', '<TICKVOL>'], 'EURUSD', false)?.time,
    ).toEqual([0, 1]);
    expect(mapHeader(['ts', 'o', 'h', 'l', 'c', 'v'], 'AAPL', false)?.values.map(({ index }) => index)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(
      mapHeader(['unix', 'date', 'open', 'high', 'low', 'close', 'Volume BTC', 'Volume USDT'], 'BTCUSDT', false),
    ).toMatchObject({
      time: [0],
      taken: { volume: 'Volume BTC' },
    });
    expect(mapHeader(['time', 'price', 'qty'], 'R_100', true)?.values.map(({ name }) => name)).toEqual([
      'price',
      'size',
    ]);
    expect(mapHeader(['When', 'o', 'h', 'l', 'c'], 'X', false)).toBeUndefined();
    expect(mapHeader(['When', 'o', 'h', 'l', 'c'], 'X', false, 'when')?.time).toEqual([0]);
  });

  it.each([[','], [';'], ['\t'], ['|']])('are split at %j', (delimiter) => {
    expect(
      detectDelimiter(
        ['a title', ...['time', '1', '2'].map((first) => [first, '"x,;|y"', '3'].join(delimiter))].join('\n'),
      ),
    ).toBe(delimiter);
  });
});

describe('importCsv', () => {
  const store = openStore(temporaryFolder());
  const run = (text: string | Uint8Array, symbol = 'BTCUSDT', timeframe: Timeframe = '1h', more = {}) => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const pieces = (async function* () {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    })();
    const options = {
      timeFormat: 'auto' as const,
      provider: 'import',
      dryRun: true,
      force: false,
      now: Date.UTC(2024, 5, 1),
      ...more,
    };
    return importCsv(pieces, store.series(symbol, timeframe), options);
  };

  it('reads newest first, with a preamble, a mark and no header alike', async () => {
    const rows = '2024-01-01 01:00,1,2,0.5,1,\n2024-01-01 00:00,1,2,0.5,1,3\n';
    const expected = {
      accepted: 2,
      refused: [],
      first: Date.UTC(2024, 0, 1),
      last: Date.UTC(2024, 0, 1, 1),
      zoneAssumed: true,
    };
    expect(await run(`\ufeffsource: somebody\n\ntime,open,high,low,close,volume\n${rows}`)).toMatchObject(expected);
    expect(await run(rows)).toMatchObject({ ...expected, header: false });
    expect(
      await run(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`time,o,h,l,c\r\n${rows}`, 'utf16le')])),
    ).toMatchObject(expected);
  });

  it('refuses with the line: duplicates, bars still open, prices below zero', async () => {
    const text =
      'time,o,h,l,c\n2024-01-01T00:00Z,1,1,1,1\n\n2024-01-01T00:00Z,2,2,2,2\n2024-05-31T23:00Z,1,1,1,1\n2024-06-01T00:00Z,1,1,1,1\n2024-01-02T00:00Z,-1,1,-1,1\n';
    const report = await run(text);
    expect(report).toMatchObject({ accepted: 2, zoneAssumed: false });
    expect(report.refused.map(({ reason, examples }) => [reason, examples[0]?.line])).toEqual([
      ['not-closed', 6],
      ['not-positive', 7],
      ['duplicate', 4],
    ]);
  });

  it('lets a market with sessions count from its open', async () => {
    const text = 'time,o,h,l,c\n2024-01-02 09:30,1,1,1,1\n2024-01-02 10:31,1,1,1,1\n';
    expect(await run(text, 'AAPL', '1h', { zone: 'America/New_York' })).toMatchObject({
      accepted: 1,
      zoneAssumed: false,
    });
    await expect(run(text, 'AAPL', '1h', { zone: 'Mars/Base' })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('tells damage in the gzip and a quote that never closes', async () => {
    await expect(run(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    await expect(run('time,o,h,l,c\n"2024-01-01,1,1,1,1\n')).rejects.toMatchObject({ code: 'BARS_INVALID' });
    await expect(run('')).rejects.toMatchObject({ code: 'BARS_INVALID' });
  });
});
