import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { deflateMember, inflateMember, sha256, sha256Aside } from '../../../src/store/codec/gzip-block.js';
import { allocate, countRows, parseText, TextError } from '../../../src/store/codec/parse-text.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Read behind seven rows that were there before, as a second block is. */
function read(text: string, columns: readonly string[] = ['a', 'b'], wanted = columns) {
  const bytes = encode(text);
  const rows = countRows(bytes);
  const bars = allocate(wanted, 7 + rows);
  parseText(bytes, { columns, wanted, rows }, { ...bars, offset: 7 });
  expect([...bars.time.subarray(0, 7)]).toEqual(new Array(7).fill(0));
  return { time: [...bars.time.subarray(7)], values: bars.values.map((value) => [...value.subarray(7)]) };
}

const GOOD = '2024-01-02T00:00:00Z,1,2\n';

describe('what is wrong is told with its row', () => {
  test.each([
    [`${GOOD}2024-01-03T00:00:00Z,1,2`, 'the last line is cut'],
    [`${GOOD}2024\n`, 'row 2: the text ends too early'],
    [`${GOOD}2024-01-03T00:00:0\n`, 'row 2: the text ends too early'],
    [`${GOOD}2024-01-03T00:00:00\n`, 'row 2: a time stamp that does not follow the one before it'],
    [`${GOOD}2024-02-30T00:00:00Z,1,2\n`, 'row 2: "2024-02-30" is not a date'],
    [`${GOOD}2024-01-03T00-00:00Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T00:00-00Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T0/:00:00Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T01:0/:00Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T01:00:0/Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T01:60:00Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T01:00:60Z,1,2\n`, 'row 2: not a time of day'],
    [`${GOOD}2024-01-03T24:00:00Z,1,2\n`, 'row 2: a time stamp that does not follow the one before it'],
    [`${GOOD}2024-01-03T00:00:00.1x3Z,1,2\n`, 'row 2: "1x3" are not milliseconds'],
    [`${GOOD}2024-01-03T00:00:00z,1,2\n`, 'row 2: a time stamp that does not follow the one before it'],
    [GOOD + GOOD, 'row 2: a time stamp that does not follow the one before it'],
    [`${GOOD}2024-01-03T00:00:00Z,1\n`, 'row 2: 2 values are expected'],
    [`${GOOD}2024-01-03T00:00:00Z,1,2,3\n`, 'row 2: more than 2 values'],
    [`${GOOD}2024-01-03T00:00:00Z,1,x\n`, 'row 2: "x" is not a number'],
    [`${GOOD}2024-01-03T00:00:00Z,1.2.3,4\n`, 'row 2: "1.2.3" is not a number'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(new TextError(message));
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'TextError' }));
  });

  test('and so is another number of rows than was announced', () => {
    const parse = (rows: number) => () =>
      parseText(
        encode(GOOD),
        { columns: ['a', 'b'], wanted: [], rows },
        { time: new Float64Array(2), values: [], offset: 0 },
      );
    expect(parse(2)).toThrow('row 2: the text ends too early');
    expect(parse(0)).toThrow('0 rows were announced and more are there');
    expect(parse(1)).not.toThrow();
  });

  test('also in a column that nobody wants', () => {
    expect(() => read(`${GOOD}2024-01-03T00:00:00Z,1,2,3\n`, ['a', 'b'], ['a'])).toThrow('row 2: more than 2 values');
    expect(() => read(`${GOOD}2024-01-03T00:00:00Z,1\n`, ['a', 'b'], ['a'])).toThrow('row 2: 2 values are expected');
  });
});

test.each([
  ['2024-01-01T00:00:00Z 2024-02-01T00:00:00Z', 'another month'],
  ['2024-01-01T00:00:00Z 2024-01-02T00:00:00Z', 'another day'],
  ['2024-01-01T00:00:00Z 2024-01-11T00:00:00Z', 'a day ten later'],
  ['2024-01-01T00:00:00Z 2024-11-01T00:00:00Z', 'a month ten later'],
  ['2024-01-01T00:00:00Z 2025-01-01T00:00:00Z', 'the same day of the next year'],
  ['2024-01-01T23:59:59.999Z 2024-01-02T00:00:00.001Z', 'a millisecond on either side of midnight'],
  ['1969-12-31T23:59:59Z 1970-01-01T00:00:00Z 1970-01-01T12:34:56.789Z', 'across the epoch'],
  ['2024-02-28T09:00:00Z 2024-02-29T09:00:00Z 2024-03-01T09:00:00Z', 'through a leap day'],
])('times %s, %s', (times) => {
  const stamps = times.split(' ');
  const text = stamps.map((stamp) => `${stamp},1,2\n`).join('');
  expect(read(text).time).toEqual(stamps.map((stamp) => Date.parse(stamp)));
});

describe('a cell', () => {
  const cells = [
    ...['0', '9', '90', '09', '9.9', '0.9', '123456789', '999999999', '1234567890', '9999999999', '99999999.9'],
    ...['0.00000001', '0.123456789', '0.1234567891', '12345.678912', '9007199254740991', '9007199254740992'],
    ...['9007199254740993', '900719925474099.3', '0.9007199254740993', '1e5', '1E-7', '-1', '-0.5', '+7', '-1e300'],
    ...['0.0000000000000000000001', '0.00000000000000000000001', '1.7976931348623157e308', '5e-324', '1.', '.5'],
    ...['123456789012345678901234567890', '0.3000000000000000444', '4.35', '1.005', '2.675', '8.5e0'],
  ];
  test.each(cells)('%s is the double nearest to it', (cell) => {
    const [[first], [second]] = read(`2024-01-02T00:00:00Z,${cell},${cell}\n`).values as [[number], [number]];
    expect([first, second]).toEqual([Number(cell), Number(cell)]);
  });

  test('of nothing is absent', () => {
    expect(read('2024-01-02T00:00:00Z,,\n').values).toEqual([[Number.NaN], [Number.NaN]]);
  });

  test('goes to the column that is wanted, wherever that is', () => {
    const text = '2024-01-02T00:00:00Z,1,22,333\n2024-01-03T00:00:00Z,4,,666\n';
    expect(read(text, ['a', 'b', 'c'], ['c', 'a']).values).toEqual([
      [333, 666],
      [1, 4],
    ]);
    expect(read(text, ['a', 'b', 'c'], ['b']).values).toEqual([[22, Number.NaN]]);
    expect(read(text, ['a', 'b', 'c'], []).time).toHaveLength(2);
  });
});

test('rows are counted by their ends', () => {
  for (const [text, rows] of [
    ['', 0],
    ['\n', 1],
    ['a', 0],
    ['a\nb', 1],
    ['\n\na\n', 3],
  ] as const)
    expect(countRows(encode(text))).toBe(rows);
});

describe('a member', () => {
  const text = encode(
    Array.from({ length: 500 }, (_, i) => `2024-01-02T00:00:00Z,${(i * i * 7919) % 10_007},2\n`).join(''),
  );

  test('is what gzip makes of it at level 4, as from Unix', async () => {
    const plain = gzipSync(text, { level: 4 });
    plain[9] = 3;
    expect(Buffer.from(await deflateMember(text)).equals(plain)).toBe(true);
    const most = gzipSync(text, { level: 6 });
    most[9] = 3;
    expect(plain.equals(most)).toBe(false);
  });

  test.each([0, 1, 63, 64, 1023, 1024, 200_000])('of %d bytes comes back whole', async (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
    expect(Buffer.from(await inflateMember(await deflateMember(bytes))).equals(bytes)).toBe(true);
  });

  test('is read where it lies in a larger piece of memory', async () => {
    const member = await deflateMember(text);
    const memory = Buffer.concat([Buffer.alloc(13, 255), member, Buffer.alloc(7, 255)]);
    expect(Buffer.from(await inflateMember(memory.subarray(13, 13 + member.length))).equals(text)).toBe(true);
  });

  test('whose trailer lies is refused by gunzip, not by want of memory', async () => {
    for (const claim of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      const member = Buffer.from(await deflateMember(text));
      member.writeUInt32LE(claim, member.length - 4);
      await expect(inflateMember(member)).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
    }
  });

  test('that is cut is refused', async () => {
    const member = await deflateMember(text);
    await expect(inflateMember(member.subarray(0, -1))).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
  });

  test('has one hash, however it is made', async () => {
    expect(sha256(encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await sha256Aside(encode('abc'))).toBe(sha256(encode('abc')));
  });
});
