import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from '../../src/market/bars.js';
import { deflateMember, inflateMember } from '../../src/store/codec/gzip-block.js';
import { allocate, countRows, parseText, TextError } from '../../src/store/codec/parse-text.js';
import { headerText, writeText } from '../../src/store/codec/write-text.js';
import { makeBars } from '../support/make-bars.js';

const COLUMNS = ['open', 'close'];
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function parse(text: Uint8Array, columns: readonly string[] = COLUMNS, wanted = columns, rows = countRows(text)): Bars {
  const bars = allocate(wanted, rows);
  parseText(text, { columns, wanted, rows }, { ...bars, offset: 0 });
  return bars;
}

const bits = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return Number.isNaN(value) ? 'absent' : view.getBigUint64(0).toString(16);
};

const price = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 })).map(([n, p]) => n / 10 ** p),
  fc.integer(),
  fc.constantFrom(
    0,
    Number.NaN,
    5e-324,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    2 ** 53,
    2 ** 53 + 2,
    1e15,
    1e21,
    1e-7,
    0.1 + 0.2,
    999999999.5,
    123456789012345.6,
  ),
);
// A year of milliseconds: no text the store parses holds two years.
const times = fc.uniqueArray(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2025, 0, 1) - 1 }), {
  minLength: 1,
  maxLength: 30,
});

describe('the text of a block', () => {
  it('gives back every double bit for bit, and what is absent stays absent', () => {
    fc.assert(
      fc.property(times, fc.infiniteStream(price), (at, values) => {
        const time = Float64Array.from(at).sort();
        const take = (): Float64Array => Float64Array.from(values.take(time.length));
        const bars = { time, columns: COLUMNS, values: [take(), take()] };
        const text = writeText(bars);
        const back = parse(text);
        expect(Array.from(back.time)).toEqual(Array.from(time));
        for (const c of [0, 1]) {
          expect(Array.from(back.values[c] as Float64Array, bits)).toEqual(
            Array.from(bars.values[c] as Float64Array, (v) => bits(v === 0 ? 0 : v)),
          );
        }
        expect(decode(text)).toMatch(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z(,(-?\d+(\.\d+)?)?){2}\n)*$/);
        expect(decode(text)).not.toContain('.000Z');
        expect(writeText(back)).toEqual(text);
      }),
      { numRuns: 400 },
    );
  });

  it('spells a number in the shortest way that reads back, without an exponent', () => {
    const spell = (value: number): string =>
      decode(writeText({ time: Float64Array.of(0), columns: ['x'], values: [Float64Array.of(value)] })).slice(21, -1);
    const cases: [number, string][] = [
      [0.1, '0.1'],
      [1e21, '1000000000000000000000'],
      [1e-7, '0.0000001'],
      [-1.5e-9, '-0.0000000015'],
      [42, '42'],
      [1234.5, '1234.5'],
      [0.30000000000000004, '0.30000000000000004'],
      [Number.NaN, ''],
      [-0, '0'],
    ];
    for (const [value, text] of cases) expect(spell(value)).toBe(text);
    fc.assert(
      fc.property(
        price,
        (value) =>
          fc.pre(!Number.isNaN(value)) === undefined &&
          expect(spell(value).replace('-', '').length).toBeLessThanOrEqual(plain(value).length),
      ),
    );
  });

  it('begins at any time from 1800 to 2199', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2200, 0, 1) - 1 }), (at) => {
        const text = writeText({ time: Float64Array.of(at), columns: ['x'], values: [Float64Array.of(1)] });
        expect(parse(text, ['x']).time[0]).toBe(at);
      }),
    );
  });

  it('gives only the columns that are asked for', () => {
    const bars = makeBars('1h', Date.UTC(2024, 1, 28), 60);
    const text = writeText(bars);
    for (const wanted of [['close'], ['volume', 'open'], [], [...bars.columns].reverse()]) {
      const back = parse(text, bars.columns, wanted);
      expect(back.values.map((value) => Array.from(value))).toEqual(
        wanted.map((name) => Array.from(bars.values[bars.columns.indexOf(name)] as Float64Array)),
      );
    }
  });

  const row = '2024-01-02T00:00:00Z,1,2\n';
  const malformed: [string, string][] = [
    ['a cell is missing', '2024-01-02T00:00:00Z,1\n'],
    ['no cell at all', '2024-01-02T00:00:00Z\n'],
    ['a cell too many', '2024-01-02T00:00:00Z,1,2,3\n'],
    ['a comma at the end', '2024-01-02T00:00:00Z,1,2,\n'],
    ...[
      '1e',
      '1e5x',
      'e5',
      '.',
      '-',
      '-.',
      '+',
      '1.2.3',
      '1..2',
      '1 ',
      ' 1',
      '0x10',
      'NaN',
      'null',
      'Infinity',
      '1,5',
      '--1',
      '1_0',
      '1e999',
      '١',
    ].map((junk): [string, string] => [`a value is ${junk}`, `2024-01-02T00:00:00Z,${junk},2\n`]),
    ['the last line is cut', '2024-01-02T00:00:00Z,1,2'],
    ['a second line is cut', `${row}2024-01-03T00:0`],
    ['a second line is a stub', `${row}2024\n`],
    ['an empty line', `${row}\n`],
    ['times go back', `2024-01-03T00:00:00Z,1,2\n${row}`],
    ['times repeat', row + row],
    ['CRLF', row.replace('\n', '\r\n')],
    ...[
      '2024-13-02T00:00:00Z',
      '2024-02-30T00:00:00Z',
      '2024-01-02T24:00:00Z',
      '2024-01-02T00:60:00Z',
      '2024-01-02T00:00:60Z',
      '2024-01-02 00:00:00Z',
      '2024-01-02T00:00:00+',
      '2024-01-02T00:00:00',
      '2024-01-02T00-00-00Z',
      '2024-01-02T0a:00:00Z',
      '2024-01-02T00:00:00.5Z',
      '2024-01-02T00:00:00.abcZ',
      '2024-01-02T00:00:00.-12Z',
      '2024-01-02T00:00:00.1e1Z',
      '2024-01-02T00:00:00.12 Z',
      '2024-01-02T00:00:00.1234Z',
      '1704153600000',
      'timestamp',
      '2024/01/02T00:00:00Z',
    ].map((time): [string, string] => [`a time is ${time}`, `${time},1,2\n`]),
    ['a bad day after a good one', `${row}2024-02-31T00:00:00Z,1,2\n`],
  ];
  it.each(malformed)('is refused where %s', (_, text) => {
    expect(() => parse(encode(text))).toThrow(TextError);
  });

  it('is refused where it has other rows than were announced', () => {
    expect(() => parse(encode(row), COLUMNS, COLUMNS, 2)).toThrow(TextError);
    expect(() => parse(encode(row), COLUMNS, COLUMNS, 0)).toThrow(TextError);
    expect(parse(new Uint8Array(0)).time.length).toBe(0);
  });

  it('never hangs, and never answers junk with anything but a TextError', () => {
    const good = decode(writeText(makeBars('1h', Date.UTC(2024, 0, 1), 5, COLUMNS)));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, cut) => {
        const text = encode(good).slice();
        text[at] = byte;
        for (const bytes of [text, text.slice(0, cut), text.slice(cut)]) {
          try {
            parse(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(TextError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a gzip member', () => {
  it('is the same bytes for the same text, and any gunzip reads it', async () => {
    const text = writeText(makeBars('15m', Date.UTC(2024, 0, 1), 31 * 96));
    const [a, b] = await Promise.all([deflateMember(text), deflateMember(text.slice())]);
    expect(a).toEqual(b);
    expect(Array.from(a.subarray(0, 10))).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, a[8], 3]);
    expect(gunzipSync(a).equals(text)).toBe(true);
    expect(Buffer.from(await inflateMember(a)).equals(text)).toBe(true);
  });

  it('whose trailer claims gigabytes does not make a buffer of them', async () => {
    const member = Buffer.from(await deflateMember(headerText(COLUMNS)));
    member.fill(0xff, member.length - 4);
    await expect(inflateMember(member)).rejects.toThrow();
  });
});

/** What toString would need without its exponent. */
function plain(value: number): string {
  const text = String(Math.abs(value));
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').length;
  return 'x'.repeat(Number(exponent) < 0 ? 2 - Number(exponent) - 1 + digits : Math.max(Number(exponent) + 1, digits));
}
