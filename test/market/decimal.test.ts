import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDecimal, parseDecimal } from '../../src/market/decimal.js';

/** Every bit pattern alike, so that subnormals and the extremes of the exponent turn up as often as prices. */
const anyDouble = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)).map(([high, low]) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, high);
  view.setUint32(4, low);
  return view.getFloat64(0);
});
const finite = fc.oneof(
  anyDouble.filter(Number.isFinite),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
  fc.tuple(fc.integer(), fc.integer({ min: -30, max: 30 })).map(([digits, power]) => Number(`${digits}e${power}`)),
);

/** Significant digits as JavaScript finds them: the shortest that read back as the same double. */
function shortestDigits(value: number): string {
  return value.toExponential().replace(/e.*$/, '').replace(/[-.]/g, '').replace(/0+$/, '');
}

test('what is printed reads back as the same double, bit for bit', () => {
  fc.assert(
    fc.property(finite, (value) => {
      const back = parseDecimal(formatDecimal(value));
      // Zero has one spelling in the file, so its sign is the one bit that is given up.
      expect(Object.is(back, value) || (back === 0 && value === 0)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('what is printed is plain: digits and at most one point, never an exponent', () => {
  fc.assert(
    fc.property(finite, (value) => {
      expect(formatDecimal(value)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
    }),
    { numRuns: 5000 },
  );
});

test('what is printed has the shortest digits there are', () => {
  fc.assert(
    fc.property(finite, (value) => {
      const digits = formatDecimal(value).replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
      expect(digits).toBe(shortestDigits(value).replace(/^0+/, ''));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  [0, '0'],
  [-0, '0'],
  [1e21, '1000000000000000000000'],
  [1.5e-7, '0.00000015'],
  [-1.25e-9, '-0.00000000125'],
  [1.7976931348623157e308, `17976931348623157${'0'.repeat(292)}`],
  [5e-324, `0.${'0'.repeat(323)}5`],
  [0.1 + 0.2, '0.30000000000000004'],
  [42_000.5, '42000.5'],
])('%d is printed plainly', (value, text) => expect(formatDecimal(value)).toBe(text));

describe('reading', () => {
  test.each([
    ['12', 12],
    ['-3.5', -3.5],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['007', 7],
    ['1e3', 1000],
    ['2.5E-4', 0.00025],
  ])('%j is a number', (text, value) => expect(parseDecimal(text)).toBe(value));

  const refused = ['', ' ', '.', '-', '+', 'null', 'NaN', 'nan', 'Infinity', '-inf', '0x10', '0b1', '1_000', '1,000.5'];
  const odd = [
    '1.2.3',
    '--1',
    '1e',
    '1e400',
    '-1e999',
    '12abc',
    ' 1',
    '1 ',
    '1\n',
    '１２',
    '٣',
    '1n',
    'true',
    '$5',
    '5%',
  ];
  test.each([...refused, ...odd])('%j is not', (text) => expect(parseDecimal(text)).toBeUndefined());

  test('no text at all makes it throw or give anything but a finite number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const value = parseDecimal(text);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
