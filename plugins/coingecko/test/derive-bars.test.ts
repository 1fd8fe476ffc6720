import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriveBars, type Sample, sortSamples } from '../src/derive-bars.js';
import { barsOfHourly, hourlyRequest, pageBars } from '../src/hourly-pages.js';
import { DAY, HOUR } from '../src/offers.js';

const at = (...pairs: readonly (readonly [number, number])[]): Sample[] =>
  pairs.map(([time, price]) => ({ time, price }));

describe('bars from samples', () => {
  it('opens and closes at the last sample at or before', () => {
    const rows = deriveBars(at([95, 10], [120, 14], [150, 8], [199, 11], [201, 99]), { start: 100, end: 200 }, 100);
    expect(rows).toEqual([{ time: 100, open: 10, high: 14, low: 8, close: 11 }]);
  });

  it('takes a sample on the close for the close of one and the open of the next', () => {
    const rows = deriveBars(at([0, 1], [100, 5], [200, 3]), { start: 0, end: 200 }, 100);
    expect(rows).toEqual([
      { time: 0, open: 1, high: 5, low: 1, close: 5 },
      { time: 100, open: 5, high: 5, low: 3, close: 3 },
    ]);
  });

  it('makes no bar of an end that is older than half of it', () => {
    expect(deriveBars(at([49, 1], [190, 1]), { start: 100, end: 200 }, 100)).toEqual([]);
    expect(deriveBars(at([50, 1], [149, 1]), { start: 100, end: 200 }, 100)).toEqual([]);
    expect(deriveBars(at([50, 1], [150, 1]), { start: 100, end: 200 }, 100)).toHaveLength(1);
  });

  it('drops what has no price, sorts, and keeps one for each instant', () => {
    const points = [
      [3, 30],
      [1, 10],
      [2, null],
      [2, 0],
      [3, 31],
      [2.5, 1.2e-7],
    ] as const;
    expect(sortSamples(points)).toEqual(at([1, 10], [2.5, 1.2e-7], [3, 31]));
  });

  it('agrees with the rule said plainly', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), fc.constantFrom(10, 50, 100), (points, step) => {
        const samples = sortSamples(points);
        const lastBy = (time: number) => samples.filter((each) => each.time <= time).at(-1);
        const fresh = (each: Sample | undefined, time: number) => each !== undefined && time - each.time <= step / 2;
        const plain = Array.from({ length: 1000 / step }, (_, i) => i * step).flatMap((time) => {
          const [first, last] = [lastBy(time), lastBy(time + step)];
          if (!fresh(first, time) || !fresh(last, time + step) || !first || !last) return [];
          const prices = samples.filter((s) => s.time > time && s.time <= time + step).map(({ price }) => price);
          const all = [first.price, ...prices, last.price];
          return [{ time, open: first.price, high: Math.max(...all), low: Math.min(...all), close: last.price }];
        });
        expect(deriveBars(samples, { start: 0, end: 1000 }, step)).toEqual(plain);
      }),
    );
  });
});

describe('requests for hourly samples', () => {
  it('stay longer than a day, within ninety and within the year, and hold every bar and its lookback', () => {
    const now = Date.UTC(2026, 10, 21, 12, 34, 56);
    const steps = fc.constantFrom(HOUR, 6 * HOUR, 12 * HOUR, DAY);
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 360 * 24 }),
        fc.integer({ min: 1, max: 400 }),
        (step, hours, bars) => {
          const start = Math.floor((now - hours * HOUR) / step) * step;
          const span = { start, end: Math.min(start + bars * step, Math.floor(now / step) * step) };
          let next = span.start;
          for (const page of pageBars(span, step, barsOfHourly(step))) {
            expect(page.start).toBe(next);
            next = page.end;
            const asked = hourlyRequest(page, step, now);
            expect(asked.end - asked.start).toBeLessThan(90 * DAY);
            expect(asked.end - asked.start).toBeGreaterThan(DAY);
            expect(asked.start).toBeLessThanOrEqual(page.start - step / 2);
            expect(asked.start).toBeGreaterThan(now - 365 * DAY);
            expect(asked.end).toBeGreaterThanOrEqual(Math.min(page.end, now));
          }
          if (span.start < span.end) expect(next).toBe(span.end);
        },
      ),
    );
  });
});
