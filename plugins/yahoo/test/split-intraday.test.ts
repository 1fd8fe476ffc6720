import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, INTERVALS, type Interval } from '../src/intervals.js';
import { LEAD, splitIntraday } from '../src/split-intraday.js';

const MINUTE = 60_000;
const minutes = INTERVALS['1m'] as Interval;
const hours = INTERVALS['1h'] as Interval;
const at = (iso: string) => Date.parse(iso);

function split(start: string, end: string, interval: Interval, { reached = '2020-01-01', lead = LEAD } = {}) {
  const pieces = splitIntraday({ start: at(start), end: at(end), reached: at(reached), lead }, interval);
  return pieces.map(({ start, period: { period1, period2 } }) => ({
    start: new Date(start).toISOString().slice(0, 16),
    leadDays: (start - period1 * 1000) / DAY,
    days: (period2 + 1 - period1) / (DAY / 1000),
  }));
}

describe('requests for bars within a day', () => {
  it('bring every bar of the range once, in as few requests as before, none longer or older than allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2090, 0, 1) }),
        fc.integer({ min: 1000, max: 40 * DAY }),
        fc.integer({ min: 0, max: 9 * DAY }),
        fc.constantFrom(minutes, hours),
        fc.constantFrom(0, LEAD),
        (start, ms, before, interval, lead) => {
          const end = start + ms;
          const reached = start - before;
          const pieces = splitIntraday({ start, end, reached, lead }, interval);
          expect(pieces).toHaveLength(Math.ceil(ms / (interval.span ?? ms)));
          expect(pieces.map((piece) => piece.start)).toEqual([start, ...pieces.slice(0, -1).map((piece) => piece.end)]);
          expect(pieces.at(-1)?.end).toBe(end);
          for (const { start, end, period } of pieces) {
            expect(end).toBeGreaterThan(start);
            expect(period.period1 * 1000).toBeGreaterThanOrEqual(reached);
            expect(period.period1).toBeLessThanOrEqual(Math.ceil(start / 1000));
            expect(period.period2).toBeGreaterThanOrEqual(Math.floor((end - 1) / 1000));
            expect(period.period2).toBeGreaterThan(period.period1);
            expect(period.period2 - period.period1).toBeLessThan((interval.longest ?? 99 * DAY) / 1000);
          }
        },
      ),
    );
  });

  it('begin days before what is wanted, so that a share’s session before is in them', () => {
    expect(split('2024-06-03', '2024-06-03T20:00', minutes)).toEqual([
      { start: '2024-06-03T00:00', leadDays: 5, days: 5 + 20 / 24 },
    ]);
    expect(split('2024-06-03', '2024-06-08', minutes)).toEqual([{ start: '2024-06-03T00:00', leadDays: 3, days: 8 }]);
    expect(split('2024-05-01', '2024-06-08', hours)).toEqual([{ start: '2024-05-01T00:00', leadDays: 5, days: 43 }]);
  });

  it('share out the room that is left beside the longest range of a request', () => {
    expect(split('2024-06-03', '2024-06-17', minutes).map(({ leadDays }) => leadDays)).toEqual([1, 1]);
    const all = split('2024-05-05', '2024-06-03', minutes, { reached: '2024-05-05' });
    // A weekend of New York’s lasts 2.7 days.
    expect(all.map(({ leadDays }) => leadDays)).toEqual([0, 2.75, 2.75, 2.75, 2.75]);
    expect(all.map(({ days }) => days)).toEqual([8, 8, 8, 8, 8]);
  });

  it('begin where the reach does, and for what has no volume where the range does', () => {
    const near = split('2024-06-03', '2024-06-04', hours, { reached: '2024-06-02T12:00' });
    expect(near.map(({ leadDays }) => leadDays)).toEqual([0.5]);
    expect(split('2024-06-03', '2024-06-04', hours, { lead: 0 }).map(({ leadDays }) => leadDays)).toEqual([0]);
  });

  it('are cut where a bar opens', () => {
    const pieces = splitIntraday(
      { start: at('2024-05-05T00:00:07.123Z'), end: at('2024-06-01T11:22:33Z'), reached: at('2024-05-05'), lead: LEAD },
      minutes,
    );
    expect(pieces.slice(1).map(({ start }) => start % MINUTE)).toEqual([0, 0, 0]);
  });
});
