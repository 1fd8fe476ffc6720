import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from '../../../src/market/bars.js';
import { joinParts } from '../../../src/operations/migrate/join-parts.js';

/** A file: times, and a value at each. */
const part = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 })), {
    selector: ([time]) => time,
  })
  .map((rows) => [...rows].sort(([a], [b]) => a - b));

function barsOf(rows: readonly (readonly [number, number])[]): Bars {
  return {
    time: Float64Array.from(rows, ([time]) => time),
    columns: ['price'],
    values: [Float64Array.from(rows, ([, value]) => value)],
  };
}

it('is what a map of times makes of the files, the first of them winning', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const winners = new Map<number, { value: number; of: number }>();
      let conflicts = 0;
      for (const [of, rows] of parts.entries()) {
        for (const [time, value] of rows) {
          const winner = winners.get(time);
          if (winner === undefined) winners.set(time, { value, of });
          else if (winner.value !== value) conflicts++;
        }
      }
      const sorted = [...winners].sort(([a], [b]) => a - b);
      const joined = joinParts(parts.map(barsOf));
      expect(Array.from(joined.bars.time)).toEqual(sorted.map(([time]) => time));
      expect(Array.from(joined.bars.values[0] ?? [])).toEqual(sorted.map(([, { value }]) => value));
      expect(Array.from(joined.origin)).toEqual(sorted.map(([, { of }]) => of));
      expect(joined.conflicts).toBe(conflicts);
    }),
  );
});

it('keeps every column of every file, and compares those that both have', () => {
  const a = {
    time: Float64Array.of(1, 2),
    columns: ['open', 'volume'],
    values: [Float64Array.of(1, 2), Float64Array.of(9, 9)],
  };
  const b = {
    time: Float64Array.of(2, 3),
    columns: ['open', 'trades'],
    values: [Float64Array.of(2, 3), Float64Array.of(5, 6)],
  };
  const { bars, conflicts } = joinParts([a, b]);
  expect(bars.columns).toEqual(['open', 'volume', 'trades']);
  expect(bars.values.map((values) => Array.from(values))).toEqual([
    [1, 2, 3],
    [9, 9, Number.NaN],
    [Number.NaN, Number.NaN, 6],
  ]);
  expect(conflicts).toBe(0);
});
