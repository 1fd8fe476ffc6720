import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { damageFiles } from '../support/legacy/damage-files.js';
import { type OldFile, textFile } from '../support/legacy/old-file.js';
import { zipOf } from '../support/legacy/zip-of.js';

const MIB = 2 ** 20;
const HEADER = 'timestamp,open,high,low,close,volume\n';
const ROW = '2026-07-07 09:30:00,1,2,0.5,1,7\n';
const klines = (rows: number): string =>
  Array.from({ length: rows }, (_, row) => `${Date.UTC(2024, 0) + row * 3_600_000},1,2,0.5,1,7,0,1,1,1,1,0\n`).join('');

/** A beginning, and so many MiB of one text after it, in a gzip of a thousandth of that: its members repeat. */
function packed(beginning: string, unit: string, mib: number): Buffer {
  const member = gzipSync(Buffer.alloc(MIB, unit), { level: 9 });
  return Buffer.concat([gzipSync(beginning), ...Array.from({ length: mib }, () => member)]);
}

/** A zip whose directory says another size than its data have. */
function lyingZip(name: string, text: string, size: number): Buffer {
  const zip = zipOf(name, text);
  const central = zip.indexOf('PK\x01\x02');
  zip.writeUInt32LE(size, central + 24);
  return zip;
}

const at = 'BTCUSDT-1h-2024-01';
const yahoo = (bytes: Uint8Array): readonly OldFile[] => [
  { path: 'AAPL/5m/2026.csv.gz', bytes },
  textFile('AAPL/5m/2026.metadata.json', '{"data_source":"yahoo","last_updated":"2026-08-01T00:00:00"}'),
];

const onLinux = existsSync('/proc/self/status') ? describe : describe.skip;

onLinux('files made to eat memory', () => {
  it('are refused, or read within bounds', async () => {
    const zeros = packed('', '\0', 1024);
    expect(zeros.length).toBeLessThan(1.1 * MIB);
    const { counts, wrong, slowest, mib } = await damageFiles(
      {
        'a gigabyte of zeros': [{ path: 'BTCUSDT/1h/2026.csv.gz', bytes: zeros }],
        'a line without end': [{ path: 'BTCUSDT/1h/2026.csv.gz', bytes: packed(HEADER + ROW, '1', 512) }],
        'rows without end': yahoo(packed(HEADER + ROW.repeat(3000), '1,1,1\n', 60)),
        'a list without end': [
          { path: 'binance/BTC_USDT-1h.json.gz', bytes: packed('[[1704067200000,1,2,1,1,7],', '[1,', 200) },
        ],
        'an object without end': [
          { path: 'BTCUSDT/1h/2026.csv.gz', bytes: gzipSync(HEADER + ROW) },
          textFile('BTCUSDT/1h/2026.metadata.json', `[${'{},'.repeat(10 * MIB)}{}]`),
        ],
        'a zip that says 4 GB': [{ path: `${at}.zip`, bytes: lyingZip(`${at}.csv`, klines(5000), 0xfffffffe) }],
        'a zip that says less': [{ path: `${at}.zip`, bytes: lyingZip(`${at}.csv`, klines(5000), 100_000) }],
        'a zip of zeros': [{ path: `${at}.zip`, bytes: zipOf(`${at}.csv`, klines(3000) + '0'.repeat(200 * MIB)) }],
      },
      { seed: 1, times: 0, patience: 60_000 },
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(counts).sort()).toEqual([
      'a gigabyte of zeros: UNREADABLE',
      'a line without end: cannot be read: UNREADABLE',
      'a list without end: cannot be read: UNREADABLE',
      'a zip of zeros: cannot be read: UNREADABLE',
      'a zip that says 4 GB: cannot be read: UNREADABLE',
      'a zip that says less: UNREADABLE',
      'an object without end: rows',
      'rows without end: cannot be read: UNREADABLE',
    ]);
    expect(slowest).toBeLessThan(10_000);
    expect(mib).toBeLessThan(300);
  }, 120_000);
});
