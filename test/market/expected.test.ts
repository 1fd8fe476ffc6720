import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Calendar } from '../../src/market/calendar.js';
import { closedUntil, type Expectation, expectedCount, expectedOpens } from '../../src/market/expected.js';
import { openOf, stepOf, type Timeframe } from '../../src/market/timeframe.js';
import { calendar } from './calendars/sessions-of.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00Z` : text);

function expectation(id: string, timeframe: Timeframe, rest: Partial<Expectation> = {}): Expectation {
  return { calendar: calendar(id), timeframe, grid: 'session', ...rest };
}

/** Opens of a range, `2024-11-29T14:30`. */
function opens(of: Expectation, start: string, end: string): string[] {
  return Array.from(expectedOpens(of, { start: at(start), end: at(end) }), (open) =>
    new Date(open).toISOString().slice(0, of.timeframe.match(/[dwo]/) ? 10 : 16),
  );
}

const times = (of: Expectation, start: string, end: string): string =>
  opens(of, start, end)
    .map((open) => open.slice(11))
    .join(' ');

describe('within a day', () => {
  test('a session that an hour does not divide ends in a shorter bar', () => {
    expect(times(expectation('XNYS', '1h'), '2024-11-27', '2024-11-28')).toBe(
      '14:30 15:30 16:30 17:30 18:30 19:30 20:30',
    );
  });

  test('a half day ends where it ends', () => {
    expect(times(expectation('XNYS', '1h'), '2024-11-29', '2024-11-30')).toBe('14:30 15:30 16:30 17:30');
    expect(times(expectation('XNYS', '4h'), '2024-11-29', '2024-11-30')).toBe('14:30');
    expect(expectedCount(expectation('XNYS', '1m'), { start: at('2024-11-29'), end: at('2024-11-30') })).toBe(210);
  });

  test('by the clock, the first bar begins before the session', () => {
    const of = expectation('XNYS', '1h', { grid: 'clock' });
    expect(times(of, '2024-11-29', '2024-11-30')).toBe('14:00 15:00 16:00 17:00');
    expect(times(of, '2024-07-02', '2024-07-03')).toBe('13:00 14:00 15:00 16:00 17:00 18:00 19:00');
    expect(opens(of, '2024-07-02T13:00Z', '2024-07-02T13:01Z')).toEqual(['2024-07-02T13:00']);
    expect(opens(of, '2024-07-02T13:00:00.001Z', '2024-07-02T14:00Z')).toEqual([]);
  });

  test('summer time moves the session, not the number of its bars', () => {
    const of = expectation('XNYS', '30m');
    expect(opens(of, '2025-03-07', '2025-03-08')[0]).toBe('2025-03-07T14:30');
    expect(opens(of, '2025-03-10', '2025-03-11')[0]).toBe('2025-03-10T13:30');
    expect(expectedCount(of, { start: at('2025-03-03'), end: at('2025-03-15') })).toBe(10 * 13);
  });

  test('a break has no bars, but a bar that holds some of the trading around it is one', () => {
    const tokyo = (timeframe: Timeframe) => times(expectation('XTKS', timeframe), '2024-07-01', '2024-07-02');
    expect(tokyo('30m')).toBe('00:00 00:30 01:00 01:30 02:00 03:30 04:00 04:30 05:00 05:30');
    expect(tokyo('1h')).toBe('00:00 01:00 02:00 03:00 04:00 05:00');
    expect(expectedCount(expectation('XTKS', '1m'), { start: at('2024-11-05'), end: at('2024-11-06') })).toBe(330);
    expect(times(expectation('XHKG', '1h'), '2024-07-02', '2024-07-03')).toBe(
      '01:30 02:30 03:30 04:30 05:30 06:30 07:30',
    );
    expect(times(expectation('XHKG', '15m'), '2024-07-02T03:30Z', '2024-07-02T05:30Z')).toBe('03:30 03:45 05:00 05:15');
  });

  test('Sydney’s bars of a date begin on its eve', () => {
    expect(opens(expectation('XASX', '2h'), '2024-01-15', '2024-01-17')).toEqual([
      '2024-01-15T01:00',
      '2024-01-15T03:00',
      '2024-01-15T23:00',
      '2024-01-16T01:00',
      '2024-01-16T03:00',
      '2024-01-16T23:00',
    ]);
  });

  test('currencies have bars from Sunday evening to Friday evening', () => {
    const of = expectation('fx', '1h', { grid: 'clock' });
    const week = opens(of, '2025-03-07T20:00Z', '2025-03-10T00:00Z');
    expect(week).toEqual([
      '2025-03-07T20:00',
      '2025-03-07T21:00',
      '2025-03-09T21:00',
      '2025-03-09T22:00',
      '2025-03-09T23:00',
    ]);
    expect(times(expectation('fx', '4h', { grid: 'clock' }), '2025-03-09', '2025-03-10')).toBe('20:00');
  });
});

describe('from a day on', () => {
  test('days are the sessions’ dates', () => {
    expect(opens(expectation('XNYS', '1d'), '2025-01-01', '2025-01-11')).toEqual([
      '2025-01-02',
      '2025-01-03',
      '2025-01-06',
      '2025-01-07',
      '2025-01-08',
      '2025-01-10',
    ]);
    expect(opens(expectation('XASX', '1d'), '2024-01-24', '2024-01-30')).toEqual([
      '2024-01-24',
      '2024-01-25',
      '2024-01-29',
    ]);
  });

  test('a week is there when any of its days is, and belongs to its Monday', () => {
    // From the 11th to the 14th of September 2001 nobody traded, on Monday the 10th they did.
    expect(opens(expectation('XNYS', '1w'), '2001-09-03', '2001-09-24')).toEqual([
      '2001-09-03',
      '2001-09-10',
      '2001-09-17',
    ]);
    // Tokyo's golden week of 2019 had not one session.
    expect(opens(expectation('XTKS', '1w'), '2019-04-22', '2019-05-13')).toEqual(['2019-04-22', '2019-05-06']);
    expect(opens(expectation('XNYS', '1w'), '2025-01-02', '2025-01-13')).toEqual(['2025-01-06']);
  });

  test('months', () => {
    expect(opens(expectation('XNYS', '1mo'), '2024-11-15', '2025-02-01')).toEqual(['2024-12-01', '2025-01-01']);
  });

  test('currencies have a short Sunday, or none', () => {
    const days = (days?: 'utc' | 'weekdays') =>
      opens(expectation('fx', '1d', days && { days }), '2025-03-07', '2025-03-12').map((open) => open.slice(5));
    expect(days()).toEqual(['03-07', '03-09', '03-10', '03-11']);
    expect(days('utc')).toEqual(days());
    expect(days('weekdays')).toEqual(['03-07', '03-10', '03-11']);
    expect(opens(expectation('fx', '1w', { days: 'weekdays' }), '2025-03-01', '2025-03-17')).toEqual([
      '2025-03-03',
      '2025-03-10',
    ]);
    expect(opens(expectation('fx-holidays', '1d'), '2024-12-23', '2024-12-28').map((open) => open.slice(8))).toEqual([
      '23',
      '24',
      '25',
      '26',
      '27',
    ]);
  });
});

test('nobody knows how many ticks there should be', () => {
  expect(expectedCount(expectation('XNYS', 'ticks'), { start: 0, end: DAY })).toBeUndefined();
  expect(expectedOpens(expectation('24x7', 'ticks'), { start: 0, end: DAY })).toHaveLength(0);
});

const IDS = ['24x7', 'fx', 'fx-holidays', 'XNYS', 'XLON', 'XTKS', 'XHKG', 'XASX'];
const INTRADAY: readonly Timeframe[] = ['5m', '15m', '30m', '1h', '2h', '4h', '8h', '12h'];
const start = fc.integer({ min: at('2000-01-01') / MINUTE, max: at('2030-01-01') / MINUTE }).map((n) => n * MINUTE);
const grid = fc.constantFrom<Expectation['grid']>('clock', 'session');

/** The bars of every traded minute, found by walking through the minutes. */
function opensByMinutes({ calendar, timeframe, grid }: Expectation, range: { start: number; end: number }): number[] {
  const step = stepOf(timeframe) as number;
  const found = new Set<number>();
  const wide = { start: range.start - 2 * DAY, end: range.end + 2 * DAY };
  for (const { open, close, breaks = [] } of calendar.sessions?.(wide) ?? [
    { date: 0, open: wide.start, close: wide.end },
  ]) {
    for (let minute = Math.max(open, wide.start); minute < Math.min(close, wide.end); minute += MINUTE) {
      if (breaks.some((pause) => minute >= pause.start && minute < pause.end)) continue;
      const onSession = grid === 'session' && calendar.sessions !== undefined;
      found.add(onSession ? open + Math.floor((minute - open) / step) * step : openOf(timeframe, minute));
    }
  }
  return [...found].filter((time) => time >= range.start && time < range.end).sort((a, b) => a - b);
}

describe('for every calendar', () => {
  test('bars within a day are those that hold a traded minute', () => {
    const length = fc.integer({ min: 0, max: 10 * 24 * 60 }).map((minutes) => minutes * MINUTE);
    fc.assert(
      fc.property(
        fc.constantFrom(...IDS),
        fc.constantFrom(...INTRADAY),
        grid,
        start,
        length,
        (id, timeframe, grid, from, span) => {
          const of = expectation(id, timeframe, { grid });
          const range = { start: from, end: from + span };
          expect(Array.from(expectedOpens(of, range))).toEqual(opensByMinutes(of, range));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what is counted is what is listed, and a range is the sum of its parts', () => {
    const timeframe = fc.constantFrom<Timeframe>('1s', '1m', '1h', '1d', '3d', '1w', '1mo');
    const part = fc.integer({ min: 0, max: 40 * DAY });
    const days = fc.constantFrom<'utc' | 'weekdays'>('utc', 'weekdays');
    fc.assert(
      fc.property(
        fc.constantFrom(...IDS),
        timeframe,
        grid,
        days,
        start,
        part,
        part,
        (id, timeframe, grid, days, from, a, b) => {
          const of = expectation(id, timeframe, { grid, days });
          const scale = timeframe === '1s' ? 500 : timeframe === '1m' ? 10 : 1;
          const [middle, end] = [from + a / scale, from + (a + b) / scale];
          const first = expectedOpens(of, { start: from, end: middle });
          const second = expectedOpens(of, { start: middle, end });
          const whole = expectedOpens(of, { start: from, end });
          expect(Array.from(whole)).toEqual([...first, ...second]);
          expect(expectedCount(of, { start: from, end })).toBe(whole.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('everything before the line has closed, and nothing that has is behind it', () => {
    const timeframe = fc.constantFrom<Timeframe>('1m', '15m', '1h', '4h', '1d', '1w', '1mo');
    fc.assert(
      fc.property(fc.constantFrom(...IDS), timeframe, grid, start, (id, timeframe, grid, now) => {
        const of = expectation(id, timeframe, { grid });
        const line = closedUntil(of, now);
        const step = stepOf(timeframe) ?? 31 * DAY;
        const around = expectedOpens(of, { start: now - 3 * step, end: now + step });
        const closes = (open: number): number => (timeframe === '1mo' ? openOf('1mo', open + 31 * DAY) : open + step);
        expect(line).toBeLessThanOrEqual(now);
        for (const open of around) expect(open < line).toBe(closes(open) <= now);
      }),
      { numRuns: 150 },
    );
  });

  test('ticks are asked for up to now', () => {
    expect(closedUntil(expectation('24x7', 'ticks'), 1234)).toBe(1234);
  });
});

describe('what it costs', () => {
  const decade = { start: at('2015-01-01'), end: at('2025-01-01') };

  test('ten years of minutes or seconds are counted without being listed', () => {
    const of = expectation('XNYS', '1m');
    // 2516 sessions of 390 minutes, less 180 for each of the 20 short ones.
    expect(expectedCount(of, decade)).toBe(2516 * 390 - 20 * 180);
    // As a list, a decade of seconds would be 470 MB, and fifty of them no matter of a moment.
    for (let i = 0; i < 50; i++) expect(expectedCount(expectation('XNYS', '1s'), decade)).toBe(977_640 * 60);
  });

  test('sessions are worked out once', () => {
    let asked = 0;
    const counting: Calendar = {
      ...calendar('XNYS'),
      sessions: (range) => {
        asked++;
        return calendar('XNYS').sessions?.(range) ?? [];
      },
    };
    expectedCount({ calendar: counting, timeframe: '1m', grid: 'session' }, decade);
    expect(asked).toBe(1);
    const first = calendar('XNYS').sessions?.(decade) ?? [];
    expect(calendar('XNYS').sessions?.(decade)[0]).toBe(first[0]);
  });
});
