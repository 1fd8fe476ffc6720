import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { openColumns } from '../../../src/legacy/columns/open-columns.js';
import { decodeZstd } from '../../../src/legacy/packing/zstd.js';
import { assertSoundValues, countPresent } from '../../../src/legacy/parquet/assert-sound-values.js';
import { listPages } from '../../../src/legacy/parquet/parquet-pages.js';
import { readThrift } from '../../../src/legacy/parquet/thrift-struct.js';
import { unpackPage } from '../../../src/legacy/parquet/unpack-page.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import { parquetBytes } from '../../support/legacy/parquet-bytes.js';
import { makeBars } from '../../support/make-bars.js';

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const field = (value: number): number[] => [0x15, ...varint(value * 2)];
/** A page of plain doubles, as its header says it is. */
const page = (values: number, length: number, packed: number): number[] => [
  ...[...field(0), ...field(length), ...field(packed), 0x2c],
  ...[...field(values), ...field(0), ...field(3), ...field(3), 0, 0],
  ...Array.from({ length: packed }, () => 0),
];

describe('counts that cannot be', () => {
  test.each<[string, number[], RegExp]>([
    ['a list that is longer than its bytes', [0x19, 0xf5, ...varint(2 ** 30)], /list in its description is longer/],
    ['a text that is', [0x18, ...varint(2 ** 30)], /cut short/],
    ['no end', [0x15, 2], /cut short/],
    ['a number without end', [0x15, ...Array.from({ length: 30 }, () => 255)], /number in its description has no end/],
    ['structs in structs', Array.from({ length: 40 }, () => 0x1c), /lies in itself/],
  ])('of a description: %s', (_, bytes, message) => {
    expect(() => readThrift(Uint8Array.from(bytes), 0)).toThrow(message);
  });

  test.each<[string, number[], RegExp]>([
    ['more bytes than its values have', page(10, 2 ** 20, 80), /longer than it can be/],
    ['more values than its column', page(11, 88, 88), /more values than its column/],
    ['more values than any page', page(2 ** 24, 80, 80), /more values than a page holds/],
    ['fewer values than its column', page(9, 72, 72), /cut short/],
    ['more bytes than the column', page(10, 80, 80).slice(0, -1), /leads out of its column/],
  ])('of a page: %s', (_, bytes, message) => {
    expect(listPages(Uint8Array.from(page(10, 80, 80)), 10, 'number')).toHaveLength(1);
    expect(() => listPages(Uint8Array.from(bytes), 10, 'number')).toThrow(message);
  });

  test('of runs: hyparquet would write them past the end', () => {
    const run = (length: number): Uint8Array => Uint8Array.from([3, ...varint(length * 2), 1]);
    expect(() => assertSoundValues(run(24), 8, 24)).not.toThrow();
    expect(() => assertSoundValues(run(2 ** 29), 8, 24)).toThrow(/more values than its page/);
    expect(() => countPresent(run(2 ** 29).subarray(1), 24)).toThrow(/more values than its page/);
    expect(countPresent(Uint8Array.of(10, 1, 4, 0, 3, 0b101), 10)).toBe(7);
    // Differences in blocks of 2^30, of which each would have room of its own.
    expect(() => assertSoundValues(Uint8Array.from([...varint(2 ** 30), ...varint(2 ** 30), 24, 0]), 5, 24)).toThrow();
  });
});

describe('what unpacks to more than it says', () => {
  const bomb = Buffer.alloc(64 * 2 ** 20);

  test.each([
    ['GZIP', gzipSync(bomb)],
    ['BROTLI', brotliCompressSync(bomb)],
    ['UNCOMPRESSED', Buffer.alloc(300)],
  ] as const)('%s', (codec, packed) => {
    expect(() => unpackPage(packed, codec, 200)).toThrow();
  });

  test('Zstandard: blocks of one byte, a window of 2 GiB, another length', () => {
    const frame = (head: number[], ...blocks: number[][]): Uint8Array =>
      Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, ...head, ...blocks.flat()]);
    const repeated = (size: number, last = 1): number[] => [
      ((size << 3) & 255) | 2 | last,
      (size >> 5) & 255,
      size >> 13,
      7,
    ];
    expect([...decodeZstd(frame([0x20, 9], repeated(9)), 9)]).toEqual(Array.from({ length: 9 }, () => 7));
    expect(() => decodeZstd(frame([0x20, 9], repeated(9)), 8)).toThrow(/another length/);
    expect(() => decodeZstd(frame([0, 0x50], repeated(2 ** 20)))).toThrow(/longer than any/);
    expect(() => decodeZstd(frame([0, 0xa8], repeated(9)))).toThrow(/impossible window/);
  });
});

test('rows that a footer counts and no page has are missed', async () => {
  const bytes = parquetBytes(makeBars('1h', Date.UTC(2024, 0, 1), 24));
  const changed = Buffer.from(bytes);
  // 24 as it stands in the footer, folded: of the file, of the group and of its columns.
  const footer = changed.length - 8 - changed.readUInt32LE(changed.length - 8);
  let changes = 0;
  for (let at = footer; at < changed.length - 8; at++)
    if (changed[at] === 48 && changed[at - 1] === 0x16) {
      changed[at] = 126;
      changes++;
    }
  expect(changes).toBeGreaterThan(2);
  const file = await memoryTree([{ path: 'x', bytes: changed }]).open('x');
  await expect(
    (async () => {
      const columns = await openColumns(file);
      for await (const _ of columns.batches(['open']));
    })(),
  ).rejects.toMatchObject({ code: 'UNREADABLE', message: expect.stringContaining('its bytes cannot be read: ') });
});
