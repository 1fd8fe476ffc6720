import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blockPeriod, blockRange, blockSpan, periodRange, splitByBlock } from '../../src/market/block.js';
import { TIMEFRAMES } from '../../src/market/timeframe.js';

const DAY = 86_400_000;
const span = fc.constantFrom('month' as const, 'day' as const);
const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2090, 0, 1) });

test('a minute and longer is kept by month, anything finer by day', () => {
  const byDay = TIMEFRAMES.filter((timeframe) => blockSpan(timeframe) === 'day');
  expect(byDay).toEqual(['ticks', '1s']);
});

test('a block holds its instant and is named for it', () => {
  fc.assert(
    fc.property(span, instant, (kind, when) => {
      const range = blockRange(kind, when);
      expect(range.start).toBeLessThanOrEqual(when);
      expect(range.end).toBeGreaterThan(when);
      const period = blockPeriod(kind, when);
      expect(blockPeriod(kind, range.start)).toBe(period);
      expect(blockPeriod(kind, range.end - 1)).toBe(period);
      expect(blockPeriod(kind, range.end)).not.toBe(period);
      expect(periodRange(period)).toEqual(range);
    }),
  );
});

test('a day is a day long and a month begins on its first', () => {
  fc.assert(
    fc.property(instant, (when) => {
      const day = blockRange('day', when);
      expect(day.end - day.start).toBe(DAY);
      const month = blockRange('month', when);
      expect(new Date(month.start).getUTCDate()).toBe(1);
      expect(new Date(month.end).getUTCDate()).toBe(1);
      expect([28, 29, 30, 31]).toContain((month.end - month.start) / DAY);
    }),
  );
});

test('pieces touch, cover the range, and none crosses a block', () => {
  fc.assert(
    fc.property(span, instant, fc.integer({ min: -DAY, max: 400 * DAY }), (kind, start, length) => {
      const end = start + length;
      const pieces = splitByBlock(kind, { start, end });
      if (start >= end) return expect(pieces).toEqual([]);
      expect(pieces[0]?.start).toBe(start);
      expect(pieces.at(-1)?.end).toBe(end);
      for (const [i, piece] of pieces.entries()) {
        expect(piece.start).toBeLessThan(piece.end);
        expect(blockPeriod(kind, piece.end - 1)).toBe(blockPeriod(kind, piece.start));
        if (i > 0) expect(piece.start).toBe(pieces[i - 1]?.end);
      }
      const periods = pieces.map((piece) => blockPeriod(kind, piece.start));
      expect(new Set(periods).size).toBe(periods.length);
    }),
  );
});

test('months and days with names', () => {
  expect(blockPeriod('month', Date.parse('2024-02-29T23:59:59.999Z'))).toBe('2024-02');
  expect(blockPeriod('day', Date.parse('2024-12-31T23:59:59.999Z'))).toBe('2024-12-31');
  expect(periodRange('2024-02')).toEqual({ start: Date.UTC(2024, 1, 1), end: Date.UTC(2024, 2, 1) });
  expect(periodRange('2024-02-29')).toEqual({ start: Date.UTC(2024, 1, 29), end: Date.UTC(2024, 2, 1) });
});
