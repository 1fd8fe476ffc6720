import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeRanges } from '../../../src/market/range.js';
import { OwnRows } from '../../../src/operations/fill/own-rows.js';

const MINUTE = 60_000;
const minute = fc.integer({ min: 0, max: 40 });

test('what a source gave before and what it gives now is its own, and nothing else', () => {
  const before = fc.array(fc.tuple(minute, minute), { maxLength: 5 });
  const given = fc.array(fc.uniqueArray(minute, { maxLength: 10 }), { maxLength: 5 });
  fc.assert(
    fc.property(before, given, (pairs, batches) => {
      const ranges = pairs.map(([from, to]) => ({ start: from * MINUTE, end: to * MINUTE }));
      const own = new OwnRows('1m', mergeRanges(ranges));
      const known = new Set(batches.flat());
      for (const batch of batches) own.add(Float64Array.from(batch, (each) => each * MINUTE).sort());
      for (let each = -1; each <= 41; each++) {
        const time = each * MINUTE;
        const there = known.has(each) || ranges.some(({ start, end }) => time >= start && time < end);
        expect([each, own.has(time)]).toEqual([each, there]);
      }
    }),
  );
});
