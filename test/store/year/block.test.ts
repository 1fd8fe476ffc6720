import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../../../src/market/bars.js';
import type { OpenFile } from '../../../src/store/files/file-port.js';
import type { BlockEntry } from '../../../src/store/sidecar/sidecar.js';
import {
  appendToBlock,
  BlockError,
  decodeBlock,
  decodeUnindexed,
  type EncodedBlock,
  encodeBlock,
  encodeHeader,
  parseBlock,
  readMember,
  readText,
} from '../../../src/store/year/block.js';
import { barsAt, listRows, makeBars } from '../../support/make-bars.js';

const START = Date.UTC(2024, 2, 1);
const BARS = makeBars('1h', START, 48);
const HASH = 'its bytes do not match their sha256';
const CUT = 'the file ends before the block does';

/** A file of these bytes that gives at most seven at a time, as a kernel may. */
function fileOf(bytes: Uint8Array): OpenFile {
  const refuse = () => Promise.reject(new Error('nothing here writes'));
  return {
    read: async (into, position) => {
      const piece = bytes.subarray(position, position + Math.min(into.length, 7));
      into.set(piece);
      return piece.length;
    },
    size: async () => bytes.length,
    close: async () => undefined,
    write: refuse,
    sync: refuse,
    truncate: refuse,
    tryLock: refuse,
  };
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const laid = ({ entry }: EncodedBlock, offset = 0): BlockEntry => ({ ...entry, offset });

async function refusal(doing: Promise<unknown>): Promise<string> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BlockError);
  return (error as BlockError).message;
}

describe('a block', () => {
  test('is told by its index: rows, first, last, length and both hashes', async () => {
    const { member, entry } = await encodeBlock('2024-03', BARS);
    expect(entry).toEqual({
      period: '2024-03',
      rows: 48,
      first: '2024-03-01T00:00:00Z',
      last: '2024-03-02T23:00:00Z',
      length: member.length,
      sha256: hash(member),
      textSha256: hash(gunzipSync(member)),
    });
  });

  test('is read from where it lies, whatever lies beside it', async () => {
    const block = await encodeBlock('2024-03', BARS);
    const header = await encodeHeader(BARS.columns);
    const file = fileOf(join(header, block.member, header));
    const entry = laid(block, header.length);
    expect(hash(await readMember(file, entry))).toBe(entry.sha256);
    expect(hash(await readText(file, entry))).toBe(entry.textSha256);
    expect(listRows(await decodeBlock(file, entry, BARS.columns))).toEqual(listRows(BARS));
  });

  test('grows by later rows, and its first row and period stay', async () => {
    const block = await encodeBlock('2024-03', BARS);
    const later = makeBars('1h', START + 48 * 3_600_000, 5);
    const grown = await appendToBlock(fileOf(block.member), laid(block), later);
    expect(grown.entry).toMatchObject({
      period: '2024-03',
      rows: 53,
      first: '2024-03-01T00:00:00Z',
      last: '2024-03-03T04:00:00Z',
    });
    const back = await decodeBlock(fileOf(grown.member), laid(grown), BARS.columns);
    expect(listRows(back)).toEqual([...listRows(BARS), ...listRows(later)]);
    // The same bytes as if it had been written in one go.
    const whole = await encodeBlock('2024-03', makeBars('1h', START, 53));
    expect(grown).toEqual(whole);
  });

  test.each([
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, -1), CUT],
    ['gone', () => new Uint8Array(0), CUT],
    ['flipped in one bit', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)), HASH],
    ['zeros', (bytes: Uint8Array) => bytes.map(() => 0), HASH],
  ] as const)('that is %s is refused in words, as bytes and as text', async (_, spoil, words) => {
    const block = await encodeBlock('2024-03', BARS);
    const file = fileOf(spoil(block.member));
    expect(await refusal(readMember(file, laid(block)))).toBe(words);
    expect(await refusal(readText(file, laid(block)))).toBe(words);
    expect(await refusal(decodeBlock(file, laid(block), BARS.columns))).toBe(words);
    expect(await refusal(appendToBlock(file, laid(block), BARS))).toBe(words);
  });

  test('too short to be gzip is refused before anything is made of it', async () => {
    const member = new Uint8Array(19);
    const entry = { ...laid(await encodeBlock('2024-03', BARS)), length: 19, sha256: hash(member) };
    expect(await refusal(readText(fileOf(member), entry))).toBe(CUT);
    // As bytes they are what the index says, and whoever moves a block moves them as they are.
    expect(await readMember(fileOf(member), entry)).toHaveLength(19);
  });

  test('with the right hash that is no gzip says that it does not inflate', async () => {
    const member = new Uint8Array(64).fill(7);
    const entry = { ...laid(await encodeBlock('2024-03', BARS)), length: 64, sha256: hash(member) };
    expect(await refusal(readText(fileOf(member), entry))).toBe('it does not inflate (Z_DATA_ERROR)');
  });

  test('of twenty bytes is a block like any', async () => {
    const member = Uint8Array.from(gzipSync(''));
    expect(member).toHaveLength(20);
    const entry = { ...laid(await encodeBlock('2024-03', BARS)), rows: 0, length: 20, sha256: hash(member) };
    expect(await readText(fileOf(member), entry)).toHaveLength(0);
  });

  test('whose text is not a year-file’s says in which row', async () => {
    const entry = { ...laid(await encodeBlock('2024-03', BARS)), rows: 1 };
    const into = { time: new Float64Array(1), columns: ['open'], values: [new Float64Array(1)], offset: 0 };
    const text = Buffer.from('2024-03-01T00:00:00Z,x\n');
    expect(() => parseBlock(text, entry, ['open'], into)).toThrow(new BlockError('row 1: "x" is not a number'));
    expect(() => parseBlock(text, entry, ['open'], into)).toThrow(expect.objectContaining({ name: 'BlockError' }));
    // What is no damage of the text passes as it is.
    for (const fault of [new TypeError('ours'), Object.assign(new Error('disk'), { code: 'EIO' })]) {
      const broken = Object.defineProperty(new Uint8Array(1), 'length', {
        get: () => {
          throw fault;
        },
      });
      expect(() => parseBlock(broken, entry, ['open'], into)).toThrow(fault);
      expect(() => parseBlock(broken, entry, ['open'], into)).not.toThrow(BlockError);
    }
  });

  test('lets a fault of ours through as it is: it is nobody’s damage', async () => {
    const fault = new TypeError('ours');
    const file = { ...fileOf(new Uint8Array(0)), read: () => Promise.reject(fault) };
    await expect(readText(file, laid(await encodeBlock('2024-03', BARS)))).rejects.toBe(fault);
  });
});

describe('a file without its index', () => {
  const fileBytes = async (...parts: Bars[]): Promise<Uint8Array> =>
    join(
      await encodeHeader(BARS.columns),
      ...(await Promise.all(parts.map((bars) => encodeBlock('x', bars)))).map(({ member }) => member),
    );

  test('gives all its rows and names its columns', async () => {
    const later = makeBars('1h', START + 48 * 3_600_000, 5);
    const bars = await decodeUnindexed(await fileBytes(BARS, later), 2024);
    expect(bars.columns).toEqual(BARS.columns);
    expect(listRows(bars)).toEqual([...listRows(BARS), ...listRows(later)]);
    const zipped = gzipSync('timestamp,open\n2024-03-01T00:00:00Z,1\n');
    expect(listRows(await decodeUnindexed(zipped, 2024))).toEqual([[START, 1]]);
  });

  test('may hold no rows at all', async () => {
    expect(listRows(await decodeUnindexed(await fileBytes(), 2024))).toEqual([]);
  });

  const LAST = Date.UTC(2024, 11, 31, 23);
  test.each([
    ['nothing', async () => new Uint8Array(0), 'it is too short to be a gzip file'],
    ['nineteen bytes', async () => new Uint8Array(19), 'it is too short to be a gzip file'],
    ['twenty bytes of nothing', async () => gzipSync(''), 'its first line is not a year-file header'],
    ['something else', async () => new Uint8Array(64).fill(7), 'it does not inflate (Z_DATA_ERROR)'],
    ['half a file', async () => (await fileBytes(BARS)).subarray(0, -9), 'it does not inflate (Z_BUF_ERROR)'],
    [
      'another table',
      async () => gzipSync('time,open\n2024-03-01T00:00:00Z,1\n'),
      'its first line is not a year-file header',
    ],
    [
      'a table without values',
      async () => gzipSync('timestamp\n2024-03-01T00:00:00Z\n'),
      'its first line is not a year-file header',
    ],
    ['a header that never ends', async () => gzipSync('timestamp,open'), 'its first line is not a year-file header'],
    ['an unreadable row', async () => gzipSync('timestamp,open\n2024-03-01,1\n'), 'row 1: the text ends too early'],
    [
      'the year before',
      async () => fileBytes(barsAt([Date.UTC(2023, 11, 31, 23), START])),
      'it holds rows of another year than 2024',
    ],
    [
      'the year after',
      async () => fileBytes(barsAt([LAST, LAST + 3_600_000])),
      'it holds rows of another year than 2024',
    ],
  ] as const)('made of %s is refused in words', async (_, make, words) => {
    expect(await refusal(decodeUnindexed(await make(), 2024))).toBe(words);
  });

  test('that ends in zeros is not taken for whole: a crash left them where blocks should be', async () => {
    const whole = await fileBytes(BARS);
    const words = await refusal(decodeUnindexed(join(whole, new Uint8Array(512)), 2024));
    expect(words).toBe(`only its first ${whole.length} of ${whole.length + 512} bytes are gzip`);
  });
});
