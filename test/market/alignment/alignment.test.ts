import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignTimes } from '../../../src/market/alignment/align-times.js';
import { comparePrices } from '../../../src/market/alignment/compare-prices.js';
import { correlateReturns } from '../../../src/market/alignment/correlate-returns.js';
import { findShift } from '../../../src/market/alignment/find-shift.js';
import { judgeAgreement } from '../../../src/market/alignment/judge-agreement.js';
import { measureScale } from '../../../src/market/alignment/measure-scale.js';
import { median } from '../../../src/market/alignment/median.js';
import type { Prices } from '../../../src/market/alignment/prices.js';

const HOUR = 3_600_000;
const TOLERANCE = 0.005;

const opens = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }).map((hours) =>
  Float64Array.from(
    hours.sort((a, b) => a - b),
    (hour) => hour * HOUR,
  ),
);
/** A walk: moves of up to a per cent a bar, none of them so small that it is nothing. */
const walk = (least: number, most: number) =>
  fc
    .array(
      fc.tuple(fc.boolean(), fc.integer({ min: 10, max: 100 })).map(([up, size]) => (up ? size : -size) / 10_000),
      { minLength: least, maxLength: most },
    )
    .map((moves): Prices => {
      let price = 100;
      const close = Float64Array.from(moves, (move) => {
        price *= Math.exp(move);
        return price;
      });
      return { time: Float64Array.from(moves.keys(), (hour) => hour * HOUR), close };
    });
const scaled = ({ time, close }: Prices, factor: number): Prices => ({
  time,
  close: close.map((each) => each * factor),
});
const movedBy = ({ time, close }: Prices, bars: number): Prices => ({
  time: time.map((each) => each + bars * HOUR),
  close,
});

describe('the median', () => {
  it('has as many values above as below', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it('leaves out what is no number', () => {
    expect(median([3, Number.NaN, 1])).toBe(2);
    expect(median([])).toBeNaN();
  });
});

it('alignment is the intersection', () => {
  fc.assert(
    fc.property(opens, opens, (a, b) => {
      const aligned = alignTimes(a, b);
      expect([...aligned.time]).toEqual([...a].filter((each) => b.includes(each)));
      expect(Array.from(aligned.a, (row) => a[row])).toEqual([...aligned.time]);
      expect(Array.from(aligned.b, (row) => b[row])).toEqual([...aligned.time]);
    }),
  );
});

describe('scale', () => {
  it('is found whatever a tenth of wild bars say', () => {
    fc.assert(
      fc.property(walk(20, 60), fc.double({ min: 0.01, max: 100, noNaN: true }), (one, factor) => {
        const other = scaled(one, factor).close.map((close, row) => (row % 10 === 3 ? close * 40 : close));
        const { ratio, spread } = measureScale(one.close, other);
        expect(ratio).toBeCloseTo(factor, 8 - Math.ceil(Math.log10(factor + 1)));
        expect(spread).toBeLessThan(1e-9);
      }),
    );
  });

  it('leaves out prices that have no ratio', () => {
    expect(measureScale(Float64Array.of(-37, 0, 10, Number.NaN), Float64Array.of(-37, 1, 11, 5))).toMatchObject({
      count: 1,
      ratio: expect.closeTo(1.1),
    });
  });
});

describe('a shift in time', () => {
  it('of up to three bars is found, both ways, also in another scale', () => {
    fc.assert(
      fc.property(walk(24, 48), fc.constantFrom(-3, -2, -1, 1, 2, 3), fc.constantFrom(1, 1.02), (one, lag, factor) => {
        // Some walks repeat themselves: there a shift that fits as well is no smaller one.
        const found = findShift(one, scaled(movedBy(one, lag), factor));
        const agreement = comparePrices('1h', one, scaled(movedBy(one, lag), factor));
        fc.pre(agreement.spread > 0.002);
        expect(found).toBe(lag);
      }),
    );
  });

  it('is none between a series and itself, at any scale, nor where nothing moves', () => {
    fc.assert(
      fc.property(walk(8, 48), fc.double({ min: 0.1, max: 10, noNaN: true }), (one, factor) => {
        expect(findShift(one, scaled(one, factor))).toBe(0);
      }),
    );
    const flat = { time: Float64Array.from({ length: 30 }, (_, i) => i * HOUR), close: new Float64Array(30).fill(5) };
    expect(findShift(flat, movedBy(flat, 1))).toBe(0);
  });

  it('counts bars, not hours: a night between two sessions is one step', () => {
    const time = Float64Array.from({ length: 40 }, (_, i) => (Math.floor(i / 7) * 24 + (i % 7)) * HOUR);
    const close = Float64Array.from({ length: 41 }, (_, i) => 100 + ((i * 37) % 11));
    expect(findShift({ time, close: close.slice(1) }, { time, close: close.slice(0, 40) })).toBe(1);
  });
});

describe('correlation', () => {
  it('is 1 of a series with itself and −1 with its mirror', () => {
    fc.assert(
      fc.property(walk(5, 40), (one) => {
        const same = correlateReturns(one.close, one.close);
        expect(same ?? 1).toBeCloseTo(1);
        const mirror = correlateReturns(
          one.close,
          one.close.map((close) => 1 / close),
        );
        expect(mirror ?? -1).toBeCloseTo(-1);
      }),
    );
  });

  it('nobody can tell of two moves, or of a price that stands still', () => {
    expect(correlateReturns(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3))).toBeUndefined();
    expect(correlateReturns(Float64Array.of(1, 2, 1, 2, 1), Float64Array.of(5, 5, 5, 5, 5))).toBeUndefined();
  });
});

describe('the judgement', () => {
  const judge = (one: Prices, other: Prices) => judgeAgreement(comparePrices('1h', one, other), TOLERANCE);

  it('takes the same prices, and the same within the tolerance', () => {
    fc.assert(
      fc.property(walk(8, 48), fc.double({ min: 0.9955, max: 1.0045, noNaN: true }), (one, factor) => {
        expect(judge(one, one)).toBeUndefined();
        expect(judge(one, scaled(one, factor))).toBeUndefined();
      }),
    );
  });

  it('refuses another scale, on either side', () => {
    fc.assert(
      fc.property(walk(8, 48), fc.constantFrom(1.02, 1.006, 0.994, 100, 0.01), (one, factor) => {
        expect(judge(one, scaled(one, factor))).toBe('scale');
      }),
    );
  });

  it('never takes a shifted source whose bars differ by more than rounding', () => {
    fc.assert(
      fc.property(walk(24, 48), fc.constantFrom(-3, -2, -1, 1, 2, 3), (one, lag) => {
        const moved = movedBy(one, lag);
        fc.pre(comparePrices('1h', one, moved).spread > 0.002);
        expect(judge(one, moved)).toBeDefined();
      }),
    );
  });

  it('refuses what moves otherwise, what is on another grid, and what there is too little of', () => {
    const time = Float64Array.from({ length: 30 }, (_, i) => i * HOUR);
    const one = { time, close: time.map((_, i) => 100 + 3 * Math.sin(i)) };
    const other = { time, close: time.map((_, i) => 100 + 3 * Math.sin(i * i)) };
    expect(judge(one, other)).toMatch(/scatter|unrelated/);
    expect(judge(one, { time: time.map((each) => each + HOUR / 2), close: one.close })).toBe('grid');
    expect(judge(one, { time: time.slice(0, 5), close: one.close.slice(0, 5) })).toBe('too-little');
  });

  it('lets two dollar tokens pass that move a little and not together', () => {
    const time = Float64Array.from({ length: 30 }, (_, i) => i * HOUR);
    const token = (seed: number) => ({ time, close: time.map((_, i) => 1 + ((i * seed) % 7) / 100_000) });
    expect(judge(token(3), token(5))).toBeUndefined();
  });
});
