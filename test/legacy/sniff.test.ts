import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readHead } from '../../src/legacy/read-head.js';
import { memoryTree } from '../support/legacy/memory-tree.js';

async function headOf(bytes: Uint8Array) {
  return readHead(await memoryTree([{ path: 'x', bytes }]).open('x'));
}

const ROWS = Array.from({ length: 20_000 }, (_, row) => `${row},${Math.sin(row)}`).join('\n');

describe('the beginning of a file', () => {
  it.each<[string, Uint8Array, string]>([
    ['Parquet', Buffer.from('PAR1....'), 'parquet'],
    ['Arrow', Buffer.from('ARROW1\0\0'), 'arrow'],
    ['zip', Buffer.from('PK\x03\x04'), 'zip'],
    ['SQLite', Buffer.from('SQLite format 3\0'), 'sqlite'],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0), 'zstd'],
    ['JSON', Buffer.from(' [[1,2]]'), 'json'],
    ['text', Buffer.from('a,b\n1,2\n'), 'text'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'binary'],
    ['nothing', new Uint8Array(0), 'empty'],
  ])('tells %s', async (_name, bytes, magic) => {
    expect((await headOf(bytes)).magic).toBe(magic);
  });

  it.each([0, 9, 5000])('unpacks gzip, %d bytes of it missing', async (missing) => {
    const packed = gzipSync(ROWS);
    const { magic, text } = await headOf(packed.subarray(0, packed.length - missing));
    expect(magic).toBe('gzip');
    expect(text).toBe(ROWS.slice(0, 64 * 1024));
  });

  it('unpacks as much of a short gzip as is there', async () => {
    const packed = gzipSync(ROWS.slice(0, 40_000));
    const { text } = await headOf(packed.subarray(0, packed.length - 2000));
    expect(text.length).toBeGreaterThan(30_000);
    expect(ROWS.startsWith(text)).toBe(true);
  });

  it('has no text of a gzip that is garbage or holds something else', async () => {
    expect((await headOf(Uint8Array.of(0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))).text).toBe('');
    expect((await headOf(gzipSync(Uint8Array.of(1, 0, 2)))).text).toBe('');
  });
});
