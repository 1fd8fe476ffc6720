import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settleRepeats } from '../../../src/operations/migrate/settle-repeats.js';

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(1, 2, Number.NaN)), { maxLength: 30 });

it('is what a map of times makes of the rows, the last of them winning', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const winners = new Map(all);
      const { bars, conflicts, clashes } = settleRepeats({
        time: Float64Array.from(all, ([time]) => time),
        columns: ['price'],
        values: [Float64Array.from(all, ([, value]) => value)],
      });
      const sorted = [...winners].sort(([a], [b]) => a - b);
      expect(Array.from(bars.time)).toEqual(sorted.map(([time]) => time));
      expect(Array.from(bars.values[0] ?? [])).toEqual(sorted.map(([, value]) => value));
      expect(conflicts).toBe(all.filter(([time, value]) => !Object.is(winners.get(time), value)).length);
      expect(clashes).toHaveLength(Math.min(3, conflicts));
    }),
  );
});
