import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from '../../../src/provider/index.js';
import { readKlines } from '../src/read-klines.js';
import { collect } from './scripted-host.js';

const MINUTE = 60_000;
const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

async function* cut(text: string, pieces: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'latin1');
  let at = 0;
  for (const length of pieces) {
    yield new Uint8Array(bytes.subarray(at, at + length));
    at += length;
  }
  yield new Uint8Array(bytes.subarray(at));
}

async function parse(text: string, { pieces = [] as readonly number[], now = 1e16, size = text.length } = {}) {
  return (await collect(readKlines({ pieces: cut(text, pieces), size, now }))) as Bars[];
}

/** One row after another as arrays: open time, the nine columns. */
function rowsOf(batches: readonly Bars[]): number[][] {
  return batches.flatMap((bars) =>
    [...bars.time].map((time, row) => [time, ...bars.values.map((value) => value[row] as number)]),
  );
}

/** Nothing clever: split, Number. */
function parseNaively(text: string): number[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '' && !/^[a-z]/.test(line))
    .map((line) => {
      const cells = line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell)));
      const open = cells[0] as number;
      return [
        open >= 1e14 ? Math.floor(open / 1000) : open,
        ...[1, 2, 3, 4, 5, 7, 8, 9, 10].map((cell) => cells[cell] as number),
      ];
    });
}

const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
const decimal = fc.oneof(
  digits(9),
  fc.tuple(digits(8), digits(8)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(digits(12), digits(12)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(digits(22), digits(30)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value.toFixed(8)),
  fc.constantFrom(
    '',
    '-1.5',
    '+3',
    '5.',
    '.5',
    '1e-7',
    '0',
    '0.00000000',
    '9007199254740993',
    '9007199254740992.5',
    '0.0000000000000000000000123456789',
  ),
);
const line = fc
  .tuple(
    fc.integer({ min: 1.4e12, max: 1.9e12 }),
    fc.boolean(),
    fc.array(decimal, { minLength: 9, maxLength: 9 }),
    fc.constantFrom('0', '', '10779.83873125', 'x y', '1,2'),
  )
  .map(([open, micro, cells, last]) => {
    const [opens, closes] = micro ? [open * 1000, (open + MINUTE) * 1000 - 1] : [open, open + MINUTE - 1];
    return [opens, ...cells.slice(0, 5), closes, ...cells.slice(5), last].join(',');
  });

it('agrees to the last bit with a naive parser, however the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
      async (lines, pieces, ending, header, last) => {
        const text = [...(header ? [HEADER] : []), ...lines].join(ending) + (last ? ending : '');
        expect(rowsOf(await parse(text, { pieces }))).toEqual(parseNaively(text));
      },
    ),
    { numRuns: 400 },
  );
});

const row = (open: number, close = open + MINUTE - 1) => `${open},1.5,2,1,1.75,10,${close},15,3,4,6,0`;

it('gives batches of fifty thousand rows, each on its own memory', async () => {
  const start = Date.UTC(2024, 0);
  const text = Array.from({ length: 120_001 }, (_, i) => row(start + i * MINUTE)).join('\n');
  const batches = await parse(text, { pieces: Array.from({ length: 150 }, () => 65_536) });
  expect(batches.map(({ time }) => time.length)).toEqual([50_000, 50_000, 20_001]);
  expect(batches.flatMap(({ time }) => [...time])).toEqual(
    Array.from({ length: 120_001 }, (_, i) => start + i * MINUTE),
  );
  expect(new Set(batches.map(({ time }) => time.buffer)).size).toBe(3);
});

it('does not need to be told the size', async () => {
  const text = `${row(1.7e12)}\n${row(1.7e12 + MINUTE)}\n${row(1.7e12 + 2 * MINUTE)}\n`;
  expect(rowsOf(await parse(text, { size: 0 }))).toEqual(parseNaively(text));
});

it('leaves out what has not closed', async () => {
  const text = [0, 1, 2].map((i) => row(1.7e12 + i * MINUTE)).join('\n');
  expect((await parse(text, { now: 1.7e12 + 2 * MINUTE })).flatMap(({ time }) => [...time])).toEqual([
    1.7e12,
    1.7e12 + MINUTE,
  ]);
  expect(await parse(text, { now: 1.7e12 + MINUTE - 1 })).toEqual([]);
});

it.each(['', '\n', '\r\n\n', HEADER, `${HEADER}\n`])('takes %j for a file without rows', async (text) => {
  expect(await parse(text)).toEqual([]);
});

it.each([
  ['a cell that is no number', '1700000000000,abc,2,1,1,1,1700000059999,1,1,1,1,0', /"abc" is not a number/],
  ['a number with a comma of thousands', '1700000000000,"1,000.5",2,1,1,1,1700000059999,1,1,1,1,0', /not a number/],
  ['null', '1700000000000,null,2,1,1,1,1700000059999,1,1,1,1,0', /"null" is not a number/],
  ['hexadecimal', '1700000000000,0x10,2,1,1,1,1700000059999,1,1,1,1,0', /not a number/],
  ['beyond range', '1700000000000,1e309,2,1,1,1,1700000059999,1,1,1,1,0', /not a number/],
  ['two points', '1700000000000,1.2.3,2,1,1,1,1700000059999,1,1,1,1,0', /not a number/],
  ['a lone point', '1700000000000,.,2,1,1,1,1700000059999,1,1,1,1,0', /not a number/],
  ['too few cells', '1700000000000,1,2,1,1,1,1700000059999,1,1,1', /has 10 cells/],
  ['seconds', '1700000000,1,2,1,1,1,1700000059,1,1,1,1,0', /no open and close times/],
  ['nanoseconds', '1700000000000000000,1,2,1,1,1,1700000059999999999,1,1,1,1,0', /no open and close times/],
  ['no time', ',1,2,1,1,1,1700000059999,1,1,1,1,0', /no open and close times/],
  ['another header', `Date,Open,High,Low,Close\n${row(1.7e12)}`, /its header is/],
  ['columns in another order', `${HEADER.replace('open,high', 'high,open')}\n${row(1.7e12)}`, /its header is/],
  ['a header in the middle', `${row(1.7e12)}\n${HEADER}\n`, /not a number/],
  ['a line without end', `${row(1.7e12)}\n${'1'.repeat(9000)}`, /without an end/],
  ['NUL bytes', '\0'.repeat(300), /12|not a number/],
  ['a web page', '<html><body>Not found</body></html>\n', /12/],
])('refuses %s', async (_, text, message) => {
  await expect(parse(text)).rejects.toThrow(message);
});
