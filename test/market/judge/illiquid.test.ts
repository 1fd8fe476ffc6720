import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Expectation, expectedOpens } from '../../../src/market/expected.js';
import { judgeIlliquid } from '../../../src/market/judge/illiquid.js';
import type { Range } from '../../../src/market/range.js';
import { subtractRanges } from '../../../src/market/range.js';
import { calendar } from '../calendars/sessions-of.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const minutes: Expectation = { calendar: calendar('XNYS'), timeframe: '1m', grid: 'session' };
/** Twenty sessions, with summer time beginning on the 10th. */
const whole = { start: Date.UTC(2024, 2, 1), end: Date.UTC(2024, 2, 29) };
const opens = expectedOpens(minutes, whole);

/** Runs of absent bars, as a validation has them: over closures, if bars on both sides are absent. */
function absentOf(isAbsent: (open: number, at: number) => boolean): Range[] {
  const runs: { start: number; end: number }[] = [];
  let isOn = false;
  for (const [at, open] of opens.entries()) {
    const absent = isAbsent(open, at);
    if (absent && isOn) (runs.at(-1) as { end: number }).end = open + MINUTE;
    else if (absent) runs.push({ start: open, end: open + MINUTE });
    isOn = absent;
  }
  return runs;
}

const bars = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { start, end }) => sum + opens.filter((open) => open >= start && open < end).length, 0);

/** The part of the absent bars that stays missing. */
function missingOf(absent: readonly Range[], expectation = minutes): readonly Range[] {
  const quiet = judgeIlliquid(expectation, whole, absent);
  return absent.flatMap((run) => subtractRanges(run, quiet)).filter((range) => bars([range]) > 0);
}

/** So many of a hundred minutes have a trade, by chance that always falls alike. */
const isQuiet = (percent: number) => (open: number) => ((open / MINUTE) * 2_654_435_761) % 1009 >= percent * 10.09;
const between = (start: string, end: string) => (open: number) => open >= Date.parse(start) && open < Date.parse(end);

describe('pauses in trading', () => {
  test('of an illiquid share are normal', () => {
    const absent = absentOf(isQuiet(40));
    expect(bars(absent)).toBeGreaterThan(4000);
    expect(bars(missingOf(absent)) / bars(absent)).toBeLessThan(0.01);
    expect(judgeIlliquid(minutes, whole, absent)[0]?.reason).toMatch(
      /^no trades: in the usual session \d\d % of the bars are there$/,
    );
  });

  test('of a liquid share are missing bars, each of them', () => {
    const hole = between('2024-03-12T15:00Z', '2024-03-12T15:03Z');
    const absent = absentOf((open) => hole(open) || isQuiet(96)(open));
    expect(missingOf(absent)).toEqual(absent);
    expect(missingOf(absentOf(hole))).toEqual([
      { start: Date.parse('2024-03-12T15:00Z'), end: Date.parse('2024-03-12T15:03Z') },
    ]);
  });

  test('that last long stay missing, and whole sessions do', () => {
    const hours = between('2024-03-12T15:00Z', '2024-03-12T17:30Z');
    const days = between('2024-03-19T00:00Z', '2024-03-21T00:00Z');
    const missing = missingOf(absentOf((open) => isQuiet(40)(open) || hours(open) || days(open)));
    const holds = (wanted: Range): boolean =>
      missing.some(({ start, end }) => start <= wanted.start && end >= wanted.end);
    expect(holds({ start: Date.parse('2024-03-12T15:00Z'), end: Date.parse('2024-03-12T17:30Z') })).toBe(true);
    for (const day of ['2024-03-19', '2024-03-20']) {
      expect(
        bars(missing.filter(({ start, end }) => end > Date.parse(day) && start < Date.parse(day) + DAY)),
      ).toBeGreaterThanOrEqual(390);
    }
    expect(bars(missing)).toBeLessThan(150 + 780 + 60);
  });

  test('of a series of a few sessions are judged by nobody', () => {
    const few = { start: Date.UTC(2024, 2, 4), end: Date.UTC(2024, 2, 9) };
    const absent = absentOf((open) => between('2024-03-04T00:00Z', '2024-03-09T00:00Z')(open) && isQuiet(40)(open));
    expect(judgeIlliquid(minutes, few, absent)).toEqual([]);
  });

  test.each([
    ['days', { ...minutes, timeframe: '1d' }],
    ['a market that never closes', { ...minutes, calendar: calendar('24x7') }],
    ['currencies', { ...minutes, calendar: calendar('fx') }],
  ] as const)('are not looked for in %s', (_, expectation) => {
    expect(judgeIlliquid(expectation as Expectation, whole, absentOf(isQuiet(40)))).toEqual([]);
  });

  test('explain nothing but what is absent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 95 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 1, max: 900 }),
        (percent, from, length) => {
          const absent = absentOf((open, at) => isQuiet(percent)(open) || (at >= from && at < from + length));
          const quiet = judgeIlliquid(minutes, whole, absent);
          expect(quiet.every(({ start, end }) => absent.some((run) => run.start <= start && end <= run.end))).toBe(
            true,
          );
          expect(quiet.every(({ start }, i) => i === 0 || start >= (quiet[i - 1]?.end as number))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});
