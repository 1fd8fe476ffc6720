import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bars, firstUnordered } from '../../src/market/bars.js';
import { mergeBars, type Winner } from '../../src/market/merge.js';

const COLUMNS = ['open', 'close', 'volume'];
type Rows = Map<number, readonly number[]>;

/** Few instants and few values, so that equal rows, conflicts and gaps are all common; NaN is an empty cell. */
const value = fc.constantFrom(1, 2, 0, Number.NaN);
const rows = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.tuple(value, value, value)), {
    selector: ([time]) => time,
    maxLength: 14,
  })
  .map((entries): Rows => new Map(entries.sort(([a], [b]) => a - b)));

function toBars(map: Rows, columns: readonly string[] = COLUMNS): Bars {
  return {
    time: Float64Array.from(map.keys()),
    columns,
    values: columns.map((_, c) => Float64Array.from([...map.values()], (row) => row[c] as number)),
  };
}

function toRows(bars: Bars): Rows {
  return new Map([...bars.time].map((time, i) => [time, bars.values.map((column) => column[i] as number)]));
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((cell, i) => Object.is(cell, b[i]));

function mergeByMap(existing: Rows, incoming: Rows, winner: Winner) {
  const merged = new Map(existing);
  const counts = { added: 0, replaced: 0, conflicts: 0 };
  const taken = new Set<number>();
  for (const [time, row] of incoming) {
    const old = existing.get(time);
    if (old !== undefined && same(old, row)) continue;
    if (old === undefined) counts.added++;
    else counts.conflicts++;
    if (old !== undefined && winner === 'existing') continue;
    if (old !== undefined) counts.replaced++;
    merged.set(time, row);
    taken.add(time);
  }
  return { rows: new Map([...merged].sort(([a], [b]) => a - b)), counts, taken };
}

const winner = fc.constantFrom<Winner>('existing', 'incoming');

test('merging does what a map of rows would, and says whose each row is', () => {
  fc.assert(
    fc.property(rows, rows, winner, (existing, incoming, wins) => {
      const merged = mergeBars(toBars(existing), toBars(incoming), wins, COLUMNS);
      const model = mergeByMap(existing, incoming, wins);
      expect(toRows(merged.bars)).toEqual(model.rows);
      expect({ added: merged.added, replaced: merged.replaced, conflicts: merged.conflicts }).toEqual(model.counts);
      expect(firstUnordered(merged.bars.time)).toBe(-1);
      const taken = [...merged.bars.time].filter((_, i) => merged.fromIncoming[i] === 1);
      expect(new Set(taken)).toEqual(model.taken);
      expect(merged.fromIncoming.length).toBe(merged.bars.time.length);
    }),
    { numRuns: 1000 },
  );
});

test('merging the same rows again changes nothing', () => {
  fc.assert(
    fc.property(rows, rows, winner, (existing, incoming, wins) => {
      const once = mergeBars(toBars(existing), toBars(incoming), wins, COLUMNS).bars;
      const twice = mergeBars(once, toBars(incoming), wins, COLUMNS);
      expect(toRows(twice.bars)).toEqual(toRows(once));
      expect(twice.added).toBe(0);
      expect(twice.replaced).toBe(0);
    }),
  );
});

test('columns that were not there arrive with the first row that wins, and cost no other column', () => {
  const before = toBars(
    new Map([
      [1, [1, 5]],
      [2, [2, 6]],
      [3, [3, 7]],
    ]),
    ['open', 'trades'],
  );
  const wider = toBars(
    new Map([
      [1, [1, 10]],
      [2, [9, 20]],
      [3, [3, Number.NaN]],
    ]),
    ['open', 'quote'],
  );
  const all = ['open', 'quote', 'trades'];
  const merged = mergeBars(before, wider, 'incoming', all);
  expect([...toRows(merged.bars).values()]).toEqual([
    [1, 10, 5],
    [9, 20, Number.NaN],
    [3, Number.NaN, 7],
  ]);
  expect(merged).toMatchObject({ added: 0, replaced: 2, conflicts: 2 });
  expect([...merged.fromIncoming]).toEqual([1, 1, 0]);
  const kept = mergeBars(before, wider, 'existing', all);
  expect([...toRows(kept.bars).values()].map(([open]) => open)).toEqual([1, 2, 3]);
  expect(kept).toMatchObject({ replaced: 0, conflicts: 1 });
});

test('neither side is changed', () => {
  fc.assert(
    fc.property(rows, rows, winner, (existing, incoming, wins) => {
      const a = toBars(existing);
      const b = toBars(incoming);
      mergeBars(a, b, wins, COLUMNS);
      expect(toRows(a)).toEqual(existing);
      expect(toRows(b)).toEqual(incoming);
    }),
  );
});

test('a column only one side has is no conflict, and is empty on the other side', () => {
  const existing = toBars(new Map([[1, [10, 11, 5]]]));
  const incoming: Bars = {
    time: Float64Array.of(1, 2),
    columns: ['open', 'close', 'trades'],
    values: [Float64Array.of(10, 20), Float64Array.of(11, 21), Float64Array.of(3, 4)],
  };
  const columns = [...COLUMNS, 'trades'];
  const merged = mergeBars(existing, incoming, 'existing', columns);
  expect(merged.conflicts).toBe(0);
  expect(merged.bars.columns).toEqual(columns);
  expect(toRows(merged.bars).get(2)).toEqual([20, 21, Number.NaN, 4]);
});
