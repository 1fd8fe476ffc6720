import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  intersect,
  isEmpty,
  mergeRanges,
  type Range,
  splitByYear,
  startOfMonth,
  subtractAll,
  subtractRanges,
  yearOf,
  yearRange,
} from '../../src/market/range.js';

/** Small whole numbers, so that a range can be compared with the set of every instant inside it. */
const smallRange = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }));
const anyRange = smallRange.map(([start, end]): Range => ({ start, end }));
const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2090, 0, 1) });

function instantsOf(ranges: readonly Range[]): Set<number> {
  const instants = new Set<number>();
  for (const range of ranges) for (let at = range.start; at < range.end; at++) instants.add(at);
  return instants;
}

function isTidy(ranges: readonly Range[]): boolean {
  return ranges.every((range, i) => range.start < range.end && (i === 0 || (ranges[i - 1] as Range).end < range.start));
}

test('merging keeps every instant, in as few ranges as possible', () => {
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 12 }), (ranges) => {
      const merged = mergeRanges(ranges);
      expect(isTidy(merged)).toBe(true);
      expect(instantsOf(merged)).toEqual(instantsOf(ranges));
    }),
  );
});

test('merging leaves what it was given alone', () => {
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 8 }), (ranges) => {
      const before = structuredClone(ranges);
      mergeRanges(ranges);
      expect(ranges).toEqual(before);
    }),
  );
});

test('subtracting leaves exactly the instants no part covers', () => {
  fc.assert(
    fc.property(anyRange, fc.array(anyRange, { maxLength: 12 }), (whole, parts) => {
      const left = subtractRanges(whole, parts);
      const covered = instantsOf(parts);
      const expected = new Set([...instantsOf([whole])].filter((at) => !covered.has(at)));
      expect(isTidy(left)).toBe(true);
      expect(instantsOf(left)).toEqual(expected);
    }),
  );
});

test('subtracting from many is subtracting from each, in the order they were given', () => {
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 12 }), fc.array(anyRange, { maxLength: 12 }), (wholes, parts) => {
      const before = structuredClone([wholes, parts]);
      expect(subtractAll(wholes, parts)).toEqual(wholes.map((whole) => subtractRanges(whole, parts)));
      expect([wholes, parts]).toEqual(before);
    }),
  );
});

test('subtracting many from many takes no longer than reading both', () => {
  const many = Array.from({ length: 50_000 }, (_, i): Range => ({ start: 10 * i, end: 10 * i + 4 }));
  const parts = many.map(({ start }): Range => ({ start: start + 1, end: start + 2 }));
  const begun = performance.now();
  const left = subtractAll(many, parts);
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(left.at(-1)).toEqual([
    { start: 499_990, end: 499_991 },
    { start: 499_992, end: 499_994 },
  ]);
});

test('an intersection holds the instants of both, or is undefined', () => {
  fc.assert(
    fc.property(anyRange, anyRange, (a, b) => {
      const both = intersect(a, b);
      const inB = instantsOf([b]);
      const expected = [...instantsOf([a])].filter((at) => inB.has(at));
      expect([...instantsOf(both === undefined ? [] : [both])]).toEqual(expected);
      if (both !== undefined) expect(isEmpty(both)).toBe(false);
    }),
  );
});

test('splitting by year gives touching pieces, each inside its year', () => {
  fc.assert(
    fc.property(instant, instant, (start, end) => {
      const pieces = splitByYear({ start, end });
      if (start >= end) return expect(pieces).toEqual([]);
      expect(pieces[0]?.range.start).toBe(start);
      expect(pieces.at(-1)?.range.end).toBe(end);
      for (const [i, { year, range }] of pieces.entries()) {
        expect(yearOf(range.start)).toBe(year);
        expect(yearOf(range.end - 1)).toBe(year);
        if (i > 0) expect(range.start).toBe(Date.UTC(year, 0, 1));
      }
      expect(pieces.map((piece) => piece.year)).toEqual(
        Array.from({ length: pieces.length }, (_, i) => yearOf(start) + i),
      );
    }),
  );
});

test('a year begins on its own 1 January and ends on the next', () => {
  expect(yearRange(2024)).toEqual({ start: Date.parse('2024-01-01T00:00Z'), end: Date.parse('2025-01-01T00:00Z') });
  expect(yearRange(1969)).toEqual({ start: -365 * 86_400_000, end: 0 });
});

test('the years 0 to 99 are not read as 1900 to 1999', () => {
  expect(new Date(startOfMonth(70, 0)).toISOString()).toBe('0070-01-01T00:00:00.000Z');
});
