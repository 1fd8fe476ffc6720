import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { widenBetweenSessions } from '../../src/market/between-sessions.js';
import { ALWAYS_OPEN } from '../../src/market/calendar.js';
import { XNYS } from '../../src/market/calendars/new-york.js';
import { type Expectation, expectedCount, expectedOpens } from '../../src/market/expected.js';
import { closeOf, DAY, type Timeframe } from '../../src/market/timeframe.js';

const at = (text: string): number => Date.parse(text);
const range = (start: string, end: string) => ({ start: at(start), end: at(end) });
const YEAR = range('2024-01-01', '2025-01-01');
const of = (timeframe: Timeframe): Expectation => ({ calendar: XNYS, timeframe, grid: 'session' });

describe('a hole is widened over the closed hours beside it', () => {
  it.each([
    // A whole session: from the close of the one before to the open of the one after.
    ['1h', '2024-07-02T13:30Z', '2024-07-02T20:30Z', '2024-07-01T20:30Z', '2024-07-03T13:30Z'],
    // The half day and the holiday behind it.
    ['30m', '2024-07-03T13:30Z', '2024-07-03T17:00Z', '2024-07-02T20:00Z', '2024-07-05T13:30Z'],
    // In the middle of a session nothing.
    ['5m', '2024-07-02T15:00Z', '2024-07-02T15:10Z', '2024-07-02T15:00Z', '2024-07-02T15:10Z'],
    // A Monday, and the weekend before it.
    ['1d', '2024-07-08', '2024-07-09', '2024-07-06', '2024-07-09'],
    // Never beyond what is asked for.
    ['1h', '2024-01-02T14:30Z', '2024-01-02T21:30Z', '2024-01-01', '2024-01-03T14:30Z'],
  ] as const)('%s %s', (timeframe, start, end, from, to) => {
    expect(widenBetweenSessions(of(timeframe), range(start, end), YEAR)).toEqual(range(from, to));
  });

  it('and a market that never closes has none', () => {
    const hole = range('2024-07-02', '2024-07-03');
    expect(widenBetweenSessions({ calendar: ALWAYS_OPEN, timeframe: '1h', grid: 'clock' }, hole, YEAR)).toBe(hole);
  });

  it('holds no other bar that should exist, and every instant up to the next one', () => {
    const step = fc.constantFrom<Timeframe>('15m', '1h', '1d', '1w', '1mo');
    fc.assert(
      fc.property(step, fc.nat(300), fc.integer({ min: 1, max: 40 }), (timeframe, first, bars) => {
        const expectation = of(timeframe);
        const opens = expectedOpens(expectation, YEAR);
        const [a, b] = [opens[Math.min(first, opens.length - 1)], opens[Math.min(first + bars, opens.length) - 1]];
        if (a === undefined || b === undefined || b < a) return;
        const hole = { start: a, end: Math.min(closeOf(timeframe, b), YEAR.end) };
        const wide = widenBetweenSessions(expectation, hole, YEAR);
        expect(expectedCount(expectation, wide)).toBe(expectedCount(expectation, hole));
        const [before, after] = [opens[opens.indexOf(a) - 1], opens[opens.indexOf(b) + 1]];
        expect(wide.start).toBe(before === undefined ? wide.start : Math.min(closeOf(timeframe, before), a));
        expect(wide.end).toBe(after === undefined ? wide.end : Math.max(after, hole.end));
        expect(wide.end - wide.start).toBeGreaterThanOrEqual(hole.end - hole.start - DAY);
      }),
    );
  });
});
