import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeClockReader } from '../src/clock-reader.js';
import { dateIn, nextMidnight } from '../src/new-york.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const minute = fc
  .integer({ min: Date.UTC(2000, 0, 1) / MINUTE, max: Date.UTC(2036, 0, 1) / MINUTE })
  .map((n) => n * MINUTE);

/** The second Sunday of March and the first of November, since 2007. */
const sunday = (year: number, month: number, nth: number) => {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1));
};
const change = fc
  .tuple(fc.integer({ min: 2007, max: 2035 }), fc.boolean())
  .map(([year, isSpring]) => (isSpring ? sunday(year, 2, 2) : sunday(year, 10, 1)));

describe('New York’s clocks', () => {
  it('are read back to the instant, all through a day on which they change', async () => {
    const step = fc.constantFrom(1, 5, 15, 30, 60);
    await fc.assert(
      fc.asyncProperty(change, step, async (date, minutes) => {
        const read = await makeClockReader();
        for (let at = date; at < date + 30 * HOUR; at += minutes * MINUTE) expect(read(format.format(at))).toBe(at);
      }),
      { numRuns: 15 },
    );
  });

  it('are read back in sessions at any time, however sparse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(minute, { minLength: 1, maxLength: 30 }), async (instants) => {
        const read = await makeClockReader();
        const traded = instants.sort((a, b) => a - b).filter((at) => !/ 0[0-3]:/.test(format.format(at)));
        for (const at of traded) expect(read(format.format(at))).toBe(at);
      }),
    );
  });

  it('never show the hour that is skipped, nor what is no time', async () => {
    const read = await makeClockReader();
    expect(read('2024-03-10 02:30:00')).toBeUndefined();
    expect(read('2024-03-10 01:59:00')).toBe(Date.parse('2024-03-10T06:59Z'));
    expect(read('2024-03-10 03:00:00')).toBe(Date.parse('2024-03-10T07:00Z'));
    expect(read('yesterday')).toBeUndefined();
  });

  it('begin each day at the midnight before its date is first seen', () => {
    fc.assert(
      fc.property(minute, (at) => {
        const midnight = nextMidnight(at);
        expect(midnight - at).toBeGreaterThan(0);
        expect(midnight - at).toBeLessThanOrEqual(25 * HOUR);
        expect(dateIn(midnight)).toBe(dateIn(at) + DAY);
        expect(dateIn(midnight - 1)).toBe(dateIn(at));
      }),
    );
  });
});
