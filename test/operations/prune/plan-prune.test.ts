import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantBefore, parseAge } from '../../../src/market/age.js';
import { periodRange } from '../../../src/market/block.js';
import { type PrunableSeries, type PruneRule, planPrune, sizeOf } from '../../../src/operations/prune/plan-prune.js';

/** Months from January 2023 on, of these sizes; the last bar opens an hour before the last month ends. */
function series(symbol: string, sizes: readonly number[]): PrunableSeries {
  const pieces = sizes.map((bytes, i) => {
    const period = `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
    return { range: periodRange(period), rows: 10, bytes };
  });
  const last = pieces.at(-1);
  const ends = last === undefined ? undefined : last.range.end - 3_600_000;
  return { symbol, timeframe: '1h', pieces, first: pieces[0]?.range.start, last: ends };
}

const counts = (all: readonly PrunableSeries[], rule: PruneRule): number[] =>
  all.map((each) => planPrune(all, rule).find((cut) => cut.series === each)?.pieces.length ?? 0);

it('takes whole months older than an instant, and none that it falls in', () => {
  const all = [series('A', [1, 1, 1, 1]), series('B', [1])];
  const older = (before: number) => counts(all, { kind: 'older-than', before });
  expect(older(Date.UTC(2023, 1, 28))).toEqual([1, 1]);
  expect(older(Date.UTC(2023, 2, 1) - 1)).toEqual([1, 1]);
  expect(older(Date.UTC(2023, 2, 1))).toEqual([2, 1]);
  expect(older(Date.UTC(2022, 0, 1))).toEqual([0, 0]);
  expect(older(Date.UTC(2030, 0, 1))).toEqual([4, 1]);
  expect(planPrune(all, { kind: 'older-than', before: Date.UTC(2023, 2, 9) })[0]?.before).toBe(Date.UTC(2023, 2, 1));
});

it('counts what it keeps from each series’ own last bar, and never takes the last block', () => {
  const all = [series('A', [1, 1, 1, 1]), series('B', [1, 1]), series('C', [])];
  expect(counts(all, { kind: 'keep-last', age: { count: 1, unit: 'mo' } })).toEqual([3, 1, 0]);
  expect(counts(all, { kind: 'keep-last', age: { count: 32, unit: 'd' } })).toEqual([2, 0, 0]);
  expect(counts(all, { kind: 'keep-last', age: { count: 0, unit: 'd' } })).toEqual([3, 1, 0]);
});

it('takes the oldest of whatever is the largest then', () => {
  const all = [series('A', [40, 30, 30]), series('B', [30, 20, 20]), series('C', [5])];
  const toFit = (bytes: number) => counts(all, { kind: 'max-size', bytes });
  expect(toFit(175)).toEqual([0, 0, 0]);
  expect(toFit(174)).toEqual([1, 0, 0]);
  expect(toFit(134)).toEqual([1, 1, 0]);
  expect(toFit(104)).toEqual([2, 1, 0]);
  expect(toFit(0)).toEqual([2, 2, 0]);
});

it('by any size fits or leaves one block each, and takes no block more than it must', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 15 });
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 6 }), fc.integer({ min: 0, max: 20_000 }), (lists, bytes) => {
      const all = lists.map((list, i) => series(`S${i}`, list));
      const gone = counts(all, { kind: 'max-size', bytes });
      const left = all.map(({ pieces }, i) => sizeOf(pieces.slice(gone[i])));
      const total = left.reduce((sum, size) => sum + size, 0);
      const one = all.every(({ pieces }, i) => pieces.length - (gone[i] as number) <= 1);
      expect(total <= bytes || one).toBe(true);
      // Putting back the last block that went makes it too large again.
      const taken = all.flatMap(({ pieces }, i) =>
        gone[i] === 0 ? [] : [pieces[(gone[i] as number) - 1]?.bytes ?? 0],
      );
      if (taken.length > 0) expect(total + Math.max(...taken)).toBeGreaterThan(bytes);
    }),
  );
});

it.each([
  ['90d', Date.UTC(2024, 2, 31, 7), Date.UTC(2024, 0, 1, 7)],
  ['1mo', Date.UTC(2024, 2, 31, 7), Date.UTC(2024, 1, 29, 7)],
  ['2y', Date.UTC(2024, 1, 29), Date.UTC(2022, 1, 28)],
  ['36h', Date.UTC(2024, 0, 2), Date.UTC(2023, 11, 31, 12)],
  ['12w', Date.UTC(2024, 2, 25), Date.UTC(2024, 0, 1)],
  ['14mo', Date.UTC(2024, 0, 15), Date.UTC(2022, 10, 15)],
])('%s before an instant', (text, from, expected) => {
  const age = parseAge(text);
  expect(age && instantBefore(from, age)).toBe(expected);
});

it.each(['5m', '', '2', 'y', '-1d', '1.5y', '2Y'])('%j is no length of time', (text) => {
  expect(parseAge(text)).toBeUndefined();
});
