import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseColumns } from '../../src/legacy/text/parse-columns.js';
import { unbracket } from '../../src/legacy/text/unbracket.js';
import { type Bars, concatBars } from '../../src/market/bars.js';
import { createStampReader } from '../../src/market/stamps.js';
import { pythonFloat } from '../support/legacy/pandas-text.js';
import { listRows } from '../support/make-bars.js';

const PLAN = { skip: 1, width: 3, time: 0, columns: ['open', 'close'], cells: [1, 2] };

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parse(text: string, size = 1000, zone = 'UTC', onCut?: () => void): Promise<Bars> {
  const stamps = createStampReader({ format: 'auto', zone, sessionDates: false });
  const parts: Bars[] = [];
  for await (const bars of parseColumns(inPieces(text, size), PLAN, stamps, onCut)) parts.push(bars);
  return concatBars(parts, PLAN.columns);
}

describe('columns of text', () => {
  it('reads every double back to the last bit, however it is spelled and wherever the pieces end', async () => {
    // Zero has no sign in any of these files.
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(number, number), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const lines = rows.map(([a, b], row) => `${1_700_000_000_000 + row},${pythonFloat(a)},${String(b)}`);
          const bars = await parse(['timestamp,open,close', ...lines].join('\n'), size);
          expect(listRows(bars)).toEqual(rows.map(([a, b], row) => [1_700_000_000_000 + row, a, b]));
        },
      ),
    );
  });

  it.each([
    ['2023-01-03', Date.UTC(2023, 0, 3)],
    ['2023-01-03 09:30:00', Date.UTC(2023, 0, 3, 9, 30)],
    ['2023-01-03T09:30:00', Date.UTC(2023, 0, 3, 9, 30)],
    ['2023-01-03 09:30:00.123', Date.UTC(2023, 0, 3, 9, 30, 0, 123)],
    ['2023-01-03 09:30:00-05:00', Date.UTC(2023, 0, 3, 14, 30)],
    ['"2023-01-03 09:30:00"', Date.UTC(2023, 0, 3, 9, 30)],
    ['1672738200000', Date.UTC(2023, 0, 3, 9, 30)],
    ['1672738200000000', Date.UTC(2023, 0, 3, 9, 30)],
    ['2023-02-30', Number.NaN],
    ['2023-01-03 24:00:00', Number.NaN],
    ['2023-13-03', Number.NaN],
    ['x', Number.NaN],
  ])('reads the stamp %s', async (stamp, time) => {
    expect([...(await parse(`timestamp,open,close\n${stamp},1,2\n`)).time]).toEqual([time]);
  });

  it('reads empty cells, line ends of Windows and blank lines', async () => {
    const bars = await parse('timestamp,open,close\r\n1672738200000,,0x10\r\n\r\n1672738200001,-1.5e-7,.5\r\n');
    expect(listRows(bars)).toEqual([
      [1672738200000, Number.NaN, Number.NaN],
      [1672738200001, -1.5e-7, 0.5],
    ]);
  });

  it.each([
    ['timestamp,open,close\n1672738200000,1,2\n1672738200001,1,2', 1, 1],
    ['timestamp,open,close\n1672738200000,1,2\n167', 1, 1],
    ['timestamp,open,close\n1672738200000,1,2\n', 1, 0],
    ['timestamp,open,close\r\n1672738200000,1,2\r\n\r', 1, 0],
    ['timestamp,open,close\n1672738200000,1,2', 0, 1],
    ['timestamp,open,cl', 0, 0],
  ])('leaves out a last line without an end where its writer ends them: %j', async (text, rows, lost) => {
    let cut = 0;
    const bars = await parse(text, 7, 'UTC', () => cut++);
    expect([bars.time.length, cut]).toEqual([rows, lost]);
  });

  it('yields more rows than fit into one batch', async () => {
    const lines = Array.from({ length: 70_000 }, (_, row) => `${1_700_000_000_000 + row},${row},${row / 8}`);
    const bars = await parse(`timestamp,open,close\n${lines.join('\n')}`, 65_536);
    expect(bars.time).toHaveLength(70_000);
    expect(bars.values[1]?.at(-1)).toBe(69_999 / 8);
  });
});

describe('rows in brackets', () => {
  it.each([1, 2, 3, 7, 100])('become lines, in pieces of %d', async (size) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of unbracket(inPieces('[[1, 2.5,null],\n [3,4e-7,5]]\n', size))) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('1,2.5,null\n3,4e-7,5\n');
  });
});
