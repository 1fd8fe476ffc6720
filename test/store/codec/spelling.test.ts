import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../../../src/market/bars.js';
import { formatDecimal } from '../../../src/market/decimal.js';
import { putNumber } from '../../../src/store/codec/write-number.js';
import { headerText, writeText } from '../../../src/store/codec/write-text.js';

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The same rows by the plain means that the store has no time for. */
function spellPlainly({ time, values }: Bars): string {
  const rows = Array.from(time, (at, row) => {
    const cells = values.map((value) => value[row] as number).map((v) => (Number.isNaN(v) ? '' : formatDecimal(v)));
    return `${[new Date(at).toISOString().replace('.000Z', 'Z'), ...cells].join(',')}\n`;
  });
  return rows.join('');
}

function barsOf(time: readonly number[], ...values: (readonly number[])[]): Bars {
  return {
    time: Float64Array.from(time),
    columns: values.map((_, c) => `c${c}`),
    values: values.map((column) => Float64Array.from(column)),
  };
}

/** One number into room that is full of x: what is there after it, and the end that was given back. */
function put(value: number, places = 2): { text: string; end: number; places: number } {
  const bytes = new Uint8Array(40).fill(120);
  const decimals = Uint8Array.of(9, places);
  const end = putNumber(bytes, 3, value, decimals, 1);
  expect([...decimals][0]).toBe(9);
  expect(decode(bytes.subarray(0, 3))).toBe('xxx');
  return { text: decode(bytes.subarray(3)).replace(/x*$/, ''), end, places: decimals[1] as number };
}

describe('a number', () => {
  const edges = Array.from({ length: 15 }, (_, power) => 10 ** power).flatMap((each) => [each - 1, each, each + 1]);
  const small = [0, 7, 10, 42, 99, 100, 101, 255, 999, 1000, 1001, 65_536, 123_456_789, 987_654_321_012_345 % 1e15];
  const halves = [0.5, 0.25, 0.1, 0.01, 0.001, 0.00000001, 0.12345678, 1.5, 12.05, 100.001, 99999.99, 1e9 + 0.5];
  const mixed = [
    3.1,
    2.99,
    1000.07,
    123456.789,
    999999.999999,
    1234567.12345678,
    4294967296,
    4294967295.5,
    1e10 + 0.25,
  ];

  test.each([...edges, ...small, ...halves, ...mixed])(
    '%d is spelled as briefly as it can be, also below zero',
    (value) => {
      for (const each of [value, -value]) {
        for (const places of [0, 2, 8]) {
          const { text, end } = put(each, places);
          expect(text).toBe(each === 0 ? '0' : formatDecimal(each));
          expect(end).toBe(3 + text.length);
        }
      }
    },
  );

  test.each([1e15, 1e15 + 1, 1e21, 0.123456789, 1e-9, 0.1 + 0.2, 123456789.12345678, Number.MAX_VALUE, 5e-324])(
    '%d takes more than arithmetic, and nothing is written',
    (value) =>
      expect([put(value), put(-value)]).toEqual([
        { text: '', end: -1, places: 2 },
        { text: '', end: -1, places: 2 },
      ]),
  );

  test('that is absent is no bytes', () => expect(put(Number.NaN)).toEqual({ text: '', end: 3, places: 2 }));

  test('raises what its column is thought to need, and never lowers it', () => {
    expect(put(1.5, 2).places).toBe(2);
    expect(put(1.505, 2).places).toBe(3);
    expect(put(0.00000001, 0).places).toBe(8);
    expect(put(7, 5).places).toBe(5);
    // A hundred million million with eight guessed places needs none of them.
    expect(put(123_456_789_012_345, 8)).toEqual({ text: '123456789012345', end: 18, places: 8 });
    expect(put(12_345_678_901_234.5, 8)).toEqual({ text: '12345678901234.5', end: 19, places: 8 });
  });
});

describe('rows', () => {
  const NEW_YEAR = Date.UTC(2024, 0, 1);

  test('have their own date, whether days go on, repeat or go back', () => {
    const times = [0, 1, 86_399_999, 86_400_000, 172_800_000, 3_600_000, -1, 0].map((each) => NEW_YEAR + each);
    const bars = barsOf(times, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(decode(writeText(bars))).toBe(spellPlainly(bars));
  });

  test('have milliseconds where there are some', () => {
    const times = [0, 1, 10, 100, 999, 1000, 59_999, 60_000, 3_599_999, 45_296_789].map((each) => NEW_YEAR + each);
    const bars = barsOf(times, times);
    expect(decode(writeText(bars))).toBe(spellPlainly(bars));
    expect(decode(writeText(bars)).split('\n')[9]).toBe(`2024-01-01T12:34:56.789Z,${times[9]}`);
  });

  test.each([
    ['many columns of the longest usual numbers', 12, () => -1234567.12345678],
    ['numbers of three hundred digits', 5, () => Number.MAX_VALUE],
    ['numbers of three hundred decimals', 3, () => -5e-324],
    ['a long one now and then', 4, (i: number) => (i % 17 === 0 ? -1e300 : 1.5)],
    ['nothing at all', 11, () => Number.NaN],
    ['one column', 1, (i: number) => 1e14 + i],
  ])('find room: %s', (_, columns, value) => {
    for (const rows of [1, 2, 3, 50, 400]) {
      const times = Array.from({ length: rows }, (__, i) => NEW_YEAR + i * 1001);
      const bars = barsOf(times, ...Array.from({ length: columns }, (__, c) => times.map((___, i) => value(i + c))));
      expect(decode(writeText(bars))).toBe(spellPlainly(bars));
    }
  });

  test('without columns are times alone, and none are no text', () => {
    expect(decode(writeText(barsOf([NEW_YEAR])))).toBe('2024-01-01T00:00:00Z\n');
    expect(writeText(barsOf([], []))).toHaveLength(0);
    expect(decode(headerText(['open', 'close']))).toBe('timestamp,open,close\n');
  });
});
