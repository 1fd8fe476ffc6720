import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settleRepeats } from '../../../src/operations/migrate/settle-repeats.js';
import { watchClocks } from '../../../src/operations/migrate/watch-clocks.js';

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(1, 2, Number.NaN)), { maxLength: 30 });

it('is what a map of times makes of the rows, the last of them winning', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const winners = new Map(all);
      const { bars, conflicts, clashes } = settleRepeats(
        {
          time: Float64Array.from(all, ([time]) => time),
          columns: ['price'],
          values: [Float64Array.from(all, ([, value]) => value)],
        },
        () => false,
      );
      const sorted = [...winners].sort(([a], [b]) => a - b);
      expect(Array.from(bars.time)).toEqual(sorted.map(([time]) => time));
      expect(Array.from(bars.values[0] ?? [])).toEqual(sorted.map(([, value]) => value));
      expect(conflicts).toBe(all.filter(([time, value]) => !Object.is(winners.get(time), value)).length);
      expect(clashes).toHaveLength(Math.min(3, conflicts));
    }),
  );
});

it.each([
  ['2023-11-05T05:00:00Z', 'America/New_York', 1],
  ['2023-11-05T04:00:00Z', 'America/New_York', 2],
  ['2023-11-05T06:00:00Z', 'America/New_York', 2],
  ['2023-03-12T06:00:00Z', 'America/New_York', 1],
  ['2023-03-12T06:00:00Z', undefined, 2],
  ['2023-11-05T05:00:00Z', 'UTC', 2],
])('at %s in %s, where clocks may change, row %d stands', (at, zone, value) => {
  const time = Date.parse(at);
  const bars = { time: Float64Array.of(time, time), columns: ['price'], values: [Float64Array.of(1, 2)] };
  const clocksChange = watchClocks({ zone: { kind: 'assumed', zone: 'UTC' } }, zone);
  const settled = settleRepeats(bars, clocksChange);
  expect([...(settled.bars.values[0] as Float64Array)]).toEqual([value]);
  expect([settled.conflicts, settled.clashes]).toEqual([1, [{ time, column: 'price', kept: value, lost: 3 - value }]]);
  expect(watchClocks({ zone: { kind: 'assumed', zone: 'America/New_York' } }, undefined)(time)).toBe(
    at === '2023-11-05T05:00:00Z' || at === '2023-03-12T06:00:00Z',
  );
});
