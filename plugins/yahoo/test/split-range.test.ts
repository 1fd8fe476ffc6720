import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeOf as gridCloseOf, openOf as gridOpenOf } from '../../../src/market/timeframe.js';
import { closeOf, makeDateReader, openOf } from '../src/date-bars.js';
import { DAY } from '../src/intervals.js';
import { periodOfDates } from '../src/split-range.js';

const instant = fc.integer({ min: Date.UTC(1927, 0, 1), max: Date.UTC(2090, 0, 1) });
const dated = fc.constantFrom('1d' as const, '1w' as const, '1mo' as const);

describe('requests', () => {
  it('for days, weeks and months hold every stamp that such a date can have anywhere', () => {
    const hours = fc.integer({ min: -14, max: 36 });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 400 * DAY }), dated, hours, (start, ms, timeframe, hour) => {
        const end = start + ms;
        const { period1, period2 } = periodOfDates(start, end, timeframe);
        const last = openOf(timeframe, end - 1);
        for (const open of [openOf(timeframe, start), last]) {
          expect(open + hour * 3_600_000).toBeGreaterThanOrEqual(period1 * 1000);
          expect(open + hour * 3_600_000).toBeLessThanOrEqual(period2 * 1000);
        }
        expect(period2 * 1000).toBeGreaterThanOrEqual(closeOf(timeframe, last));
      }),
    );
  });
});

describe('dates', () => {
  it('fall into the same bars as ours', () => {
    fc.assert(
      fc.property(instant, dated, (at, timeframe) => {
        expect(openOf(timeframe, at)).toBe(gridOpenOf(timeframe, at));
        expect(closeOf(timeframe, openOf(timeframe, at))).toBe(gridCloseOf(timeframe, gridOpenOf(timeframe, at)));
      }),
    );
  });

  it.each([
    ['America/New_York', '2024-03-10T04:59:59Z', '2024-03-09'],
    ['America/New_York', '2024-03-11T03:59:59Z', '2024-03-10'],
    ['Europe/London', '2024-06-30T23:00:00Z', '2024-07-01'],
    ['Australia/Sydney', '2024-01-01T23:00:00Z', '2024-01-02'],
    ['UTC', '1927-12-30T00:00:00Z', '1927-12-30'],
  ])('in %s %s is %s', (zone, at, date) => {
    expect(new Date(makeDateReader(zone)(Date.parse(at))).toISOString()).toBe(`${date}T00:00:00.000Z`);
  });
});
