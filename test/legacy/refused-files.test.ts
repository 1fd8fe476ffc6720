import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { READERS } from '../../src/legacy/readers.js';
import { scanTree } from '../../src/legacy/scan-tree.js';
import { freqtradeJsonFiles } from '../support/legacy/freqtrade-json.js';
import { memoryTree } from '../support/legacy/memory-tree.js';
import { type OldFile, textFile } from '../support/legacy/old-file.js';
import { ownFiles } from '../support/legacy/own.js';
import { providerYearFiles } from '../support/legacy/provider-year.js';
import { scanOldFiles } from '../support/legacy/scan-and-read.js';
import { unifiedFiles } from '../support/legacy/unified.js';
import { visionFiles } from '../support/legacy/vision.js';
import { zipOf } from '../support/legacy/zip-of.js';
import { makeBars } from '../support/make-bars.js';

const HOURS = makeBars('1h', Date.UTC(2023, 2, 1), 30);
const MINUTES = makeBars('1m', Date.UTC(2023, 2, 1), 20_000);
const DAYS = makeBars('1d', Date.UTC(2023, 2, 1), 30);
const OLD = { symbol: 'BTCUSDT', timeframe: '1h', provider: 'binance' } as const;
const [BTC] = unifiedFiles(HOURS, OLD) as [OldFile];
const [PRICES] = unifiedFiles(HOURS, { ...OLD, under: 'funding_rate' }) as [OldFile];
const packed = (path: string, text: string): OldFile => ({ path, bytes: gzipSync(text) });
const HEADER = 'timestamp,open,high,low,close,volume\n';

describe('files that are not taken', () => {
  // The first file is the one that is refused; the others are there for it.
  it.each<[string, readonly OldFile[], string]>([
    ['prices that were made up', unifiedFiles(HOURS, { ...OLD, provider: 'Mock' }), 'SYNTHETIC'],
    ['prices made up, by the folder', providerYearFiles(HOURS, { ...OLD, provider: 'mock' }), 'SYNTHETIC'],
    ['funding rates', [PRICES], 'NOT_BARS'],
    ['other columns', [packed('BTCUSDT/8h/2023.csv.gz', 'timestamp,rate\n2023-01-01,0.1\n')], 'NOT_BARS'],
    ['a header alone', [packed('BTCUSDT/1h/2023.csv.gz', HEADER)], 'EMPTY'],
    ['no bytes', [textFile('BTCUSDT/1h/2023.csv.gz', '')], 'EMPTY'],
    ['an unknown timeframe', [packed('BTCUSDT/45m/2023.csv.gz', `${HEADER}2023-01-01,1,1,1,1,1\n`)], 'UNSURE'],
    ['no symbol', [packed('1h/2023.csv.gz', `${HEADER}2023-01-01 01:00:00,1,1,1,1,1\n`)], 'NO_SYMBOL'],
    [
      'microseconds read as milliseconds',
      [packed('A/1h/2023.csv.gz', `${HEADER}1735689600000000000000,1,1,1,1,1\n`)],
      'TIMES_IMPOSSIBLE',
    ],
    [
      "days in Alpha Vantage's 4h",
      unifiedFiles(DAYS, { symbol: 'IBM', timeframe: '4h', provider: 'alpha_vantage' }),
      'MISLABELLED',
    ],
    ['bytes that are no text', [{ path: 'BTCUSDT/1h/2023.csv.gz', bytes: Uint8Array.of(0, 1, 2, 3) }], 'UNREADABLE'],
    ['zstd', [{ path: 'binance/BTCUSDT/1h/2023.csv.zst', bytes: Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd) }], 'UNREADABLE'],
    ['a newer Almanac', ownFiles(HOURS, 'BTCUSDT', 'BTCUSDT', '1h', 2), 'UNSURE'],
    ['trades of the archive', [textFile('BTCUSDT-aggTrades-2024-01.zip', 'PK')], 'NOT_BARS'],
    ['mark prices of the archive', [textFile('markPriceKlines/BTCUSDT-1m-2024-01.zip', 'PK')], 'NOT_BARS'],
    ['a zip that is cut', [{ path: 'BTCUSDT-1m-2024-01.zip', bytes: Buffer.from('PK\x03\x04abc') }], 'UNREADABLE'],
    ["freqtrade's funding rates", [textFile('futures/BTC_USDT_USDT-8h-funding_rate.json', '[[1]]')], 'NOT_BARS'],
    ["freqtrade's mark prices", [textFile('futures/BTC_USDT_USDT-8h-mark.json', '[[1]]')], 'NOT_BARS'],
    ['what a killed writer left', [{ ...BTC, path: `${BTC.path}.tmp123` }], 'LEFTOVER'],
    ['a lock', [textFile('BTCUSDT/1h/.lock', '')], 'LEFTOVER'],
    ['a trial file', [textFile('.write_test', 'ok')], 'LEFTOVER'],
    ['a copy the tool kept', [textFile('BTCUSDT/1h/2023.csv.backup', HEADER)], 'LEFTOVER'],
    ['a database', [textFile('trading_state.db', 'SQLite format 3\0')], 'LEFTOVER'],
  ])('%s', async (_name, files, code) => {
    const found = await scanOldFiles(files);
    expect(found.claims).toEqual([]);
    expect(found.refused).toEqual({ [(files[0] as OldFile).path]: code });
    expect(found.all.filter(({ kind }) => kind === 'foreign')).toEqual([]);
  });

  it("does not enter an old tool's own folders, and names links and follows none", async () => {
    const files = ['_metadata/symbols.json', 'fundamentals/AAPL/x.json', 'R_100/.cache/a.npy'].map((path) =>
      textFile(path, '{}'),
    );
    const found: unknown[] = [];
    for await (const each of scanTree(memoryTree(files, ['BTCUSDT/1h']), READERS)) found.push(each);
    expect(found).toEqual([
      { kind: 'refused', path: 'BTCUSDT/1h', refused: { code: 'LINK', reason: expect.stringContaining('--from') } },
      expect.objectContaining({ kind: 'refused', path: 'R_100/.cache' }),
      expect.objectContaining({ kind: 'refused', path: '_metadata' }),
      expect.objectContaining({ kind: 'refused', path: 'fundamentals' }),
    ]);
  });

  it('names what nobody knows, and orphaned sidecars', async () => {
    const found = await scanOldFiles([textFile('notes.txt', 'hello'), textFile('X/1h/2020.metadata.json', '{}')]);
    expect(found.all).toEqual([
      { kind: 'foreign', path: 'notes.txt' },
      { kind: 'foreign', path: 'X/1h/2020.metadata.json' },
    ]);
  });
});

describe('damage', () => {
  it('says where a gzip is cut, whose beginning is sound', async () => {
    const found = await scanOldFiles([{ ...BTC, bytes: BTC.bytes.subarray(0, BTC.bytes.length - 30) }]);
    expect(found.claims).toHaveLength(1);
    await expect(found.read()).rejects.toMatchObject({ code: 'UNREADABLE', message: expect.stringContaining('gzip') });
  });

  const text = gunzipSync(BTC.bytes);
  const late = gzipSync(text.subarray(1000));
  it.each<[string, Uint8Array, RegExp]>([
    ['one bit of its checksum is another', flip(BTC.bytes, BTC.bytes.length - 6), /gzip is damaged/],
    ['one bit of a second member is another', Buffer.concat([BTC.bytes, flip(late, 100)]), /gzip is damaged/],
    ['something stands behind it', Buffer.concat([BTC.bytes, Buffer.from('hello junk')]), /behind its gzip's end/],
    ['it is packed twice', gzipSync(BTC.bytes), /packed twice/],
    ['nothing of it can be unpacked', flip(BTC.bytes, 2), /gzip is damaged/],
  ])('says what is wrong with a gzip: %s', async (_name, bytes, reason) => {
    const [json] = freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h', packed: true }) as [OldFile];
    const found = await scanOldFiles([
      { ...BTC, bytes },
      { ...json, bytes },
    ]);
    const refusals = found.all.map((each) => (each.kind === 'refused' ? each.refused : each.kind));
    expect(refusals).toEqual(
      ['unified', 'freqtrade-json'].map((layout) => ({
        layout,
        code: 'UNREADABLE',
        reason: expect.stringMatching(reason),
      })),
    );
  });

  it('holds a zip against its checksum and its CRC', async () => {
    const files = visionFiles(HOURS, { ticker: 'BTCUSDT', timeframe: '1h', checksum: true });
    const [zip, checksum] = files as [OldFile, OldFile];
    const small = await scanOldFiles([{ ...zip, bytes: flip(zip.bytes, 200) }]);
    expect(small.refused).toEqual({ [zip.path]: 'UNREADABLE' });
    const [large] = visionFiles(MINUTES, { ticker: 'BTCUSDT', timeframe: '1m' }) as [OldFile];
    const late = await scanOldFiles([{ ...large, bytes: flip(large.bytes, large.bytes.length - 3000) }]);
    expect(late.claims).toHaveLength(1);
    await expect(late.read()).rejects.toMatchObject({ code: 'UNREADABLE' });
    const other = { ...checksum, bytes: Buffer.from(`${'0'.repeat(64)}  x.zip\n`) };
    await expect((await scanOldFiles([zip, other])).read()).rejects.toThrow(/CHECKSUM/);
    expect((await (await scanOldFiles(files)).read()).time).toHaveLength(30);
  });

  it.each([false, true])(
    'takes a last line without an end for cut, gzip or not (%s), and reads a zip to its end',
    async (gz) => {
      const text = gunzipSync(BTC.bytes).subarray(0, -8);
      const found = await scanOldFiles([{ ...BTC, bytes: gz ? gzipSync(text) : text }]);
      const lost: string[] = [];
      const bars = await found.read({ onLeftOut: (reason) => lost.push(reason) });
      expect([bars.time.length, lost]).toEqual([29, ['cut']]);
      const single = `${HEADER}2023-01-01 00:00:00,1,2,0.5,1,1`;
      expect((await scanOldFiles([gz ? packed(BTC.path, single) : textFile(BTC.path, single)])).refused).toEqual({
        [BTC.path]: 'UNREADABLE',
      });
      const name = 'BTCUSDT-1h-2023-03';
      const line = '1672738200000,1,2,0.5,1,7,1672741799999,8,9,3,4,0';
      const zip = { path: `${name}.zip`, bytes: zipOf(`${name}.csv`, `${line}\n${line}`) };
      expect((await (await scanOldFiles([zip])).read()).time).toHaveLength(2);
      expect((await (await scanOldFiles([textFile(`${name}.csv`, `${line}\n${line}`)])).read()).time).toHaveLength(1);
    },
  );

  it('sees that JSON is cut', async () => {
    const [file] = freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h' }) as [OldFile];
    const found = await scanOldFiles([{ ...file, bytes: file.bytes.subarray(0, -20) }]);
    await expect(found.read()).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  it('makes a row of the wrong width one without values, and reads on', async () => {
    const text = `${HEADER}2023-01-01 00:00:00,1,2,3\ngarbage\n2023-01-01 01:00:00,1,2,0.5,1,x\n`;
    const bars = await (await scanOldFiles([packed('BTCUSDT/1h/2023.csv.gz', text)])).read();
    expect([...bars.time]).toEqual([Number.NaN, Number.NaN, Date.UTC(2023, 0, 1, 1)]);
    expect(bars.values.map((value) => value[2])).toEqual([1, 2, 0.5, 1, Number.NaN]);
  });
});

describe('labels that lie', () => {
  it('takes minutes for minutes where 1m and 1M were one folder', async () => {
    const minutes = unifiedFiles(makeBars('1m', Date.UTC(2023, 0, 1), 30), { ...OLD, timeframe: '1M' });
    const months = unifiedFiles(makeBars('1mo', Date.UTC(2023, 0, 1), 8), {
      symbol: 'IBM',
      timeframe: '1m',
      provider: 'tiingo',
    });
    const found = await scanOldFiles([...minutes, ...months]);
    expect(found.claims.map(({ symbol, timeframe }) => [symbol, timeframe])).toEqual([
      ['BTCUSDT', '1m'],
      ['IBM', '1mo'],
    ]);
    expect(found.claims.every(({ notes }) => notes.length === 1)).toBe(true);
  });

  it("leaves the volume empty where it is Yahoo's adjusted close", async () => {
    const false_ = {
      ...DAYS,
      values: [...DAYS.values.slice(0, 4), (DAYS.values[3] as Float64Array).map((close) => close * 0.8317)],
    };
    const old = { symbol: 'AAPL', timeframe: '1d', provider: 'yahoo' };
    const found = await scanOldFiles(unifiedFiles(false_, old));
    expect(found.claims[0]?.notes.join()).toContain('adjusted close');
    expect((await found.read()).values[4]?.every(Number.isNaN)).toBe(true);
    const real = { ...DAYS, values: [...DAYS.values.slice(0, 4), DAYS.time.map((_, row) => 1000 + row)] };
    expect((await scanOldFiles(unifiedFiles(real, old))).claims[0]?.notes).toEqual([]);
  });
});

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] as number) ^ 0x10;
  return copy;
}
