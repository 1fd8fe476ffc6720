import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { findCalendar } from '../../../src/market/calendars.js';
import { type Expectation, expectedCount, expectedOpens } from '../../../src/market/expected.js';
import { clusterHoles, MARGIN, windowOf } from '../../../src/operations/fill/cluster-holes.js';
import { concludeHole } from '../../../src/operations/fill/conclude-hole.js';
import type { Verdict } from '../../../src/operations/fill/hole-work.js';
import { isUnfetchedEnd, listHoles } from '../../../src/operations/fill/list-holes.js';
import { barsAfter, barsBefore } from '../../../src/operations/fill/walk-bars.js';
import type { Gap, YearValidation } from '../../../src/operations/validate/validation.js';
import type { Choice } from '../../../src/sources/route.js';

const HOUR = 3_600_000;
const at = Date.parse;
const crypto: Expectation = { calendar: ALWAYS_OPEN, timeframe: '1h', grid: 'clock' };
const XNYS = findCalendar('XNYS') ?? ALWAYS_OPEN;
const days: Expectation = { calendar: XNYS, timeframe: '1d', grid: 'clock' };
const halfHours: Expectation = { calendar: XNYS, timeframe: '30m', grid: 'clock' };

function year(number: number, ...gaps: readonly (readonly [string, string, number, Gap['kind']?])[]): YearValidation {
  const counts = { expected: 0, present: 0, explained: 0, missing: 0, duplicates: 0, invalid: 0 };
  const listed = gaps.map(([start, end, bars, kind = 'missing']) => ({ start, end, bars, hours: 0, kind }));
  return { year: number, ...counts, gaps: listed };
}

describe('holes of a report', () => {
  it('go on over New Year where nothing was expected between, and end where something was there', () => {
    const years = [
      year(2023, ['2023-12-31T22:00Z', '2024-01-01T00:00Z', 2]),
      year(2024, ['2024-01-01T00:00Z', '2024-01-01T05:00Z', 5], ['2024-01-01T06:00Z', '2024-01-01T07:00Z', 1]),
    ];
    expect(listHoles({ years }, crypto)).toEqual([
      { start: at('2023-12-31T22:00Z'), end: at('2024-01-01T05:00Z'), bars: 7 },
      { start: at('2024-01-01T06:00Z'), end: at('2024-01-01T07:00Z'), bars: 1 },
    ]);
    // The exchange is closed on New Year's Day.
    const closed = [year(2023, ['2023-12-28', '2023-12-30', 2]), year(2024, ['2024-01-02', '2024-01-03', 1])];
    expect(listHoles({ years: closed }, days)).toEqual([{ start: at('2023-12-28'), end: at('2024-01-03'), bars: 3 }]);
  });

  it('are only what is missing, neither explained nor damaged', () => {
    const years = [
      year(2024, ['2024-01-01', '2024-01-02', 24, 'explained'], ['2024-01-03', '2024-01-04', 24, 'damaged']),
    ];
    expect(listHoles({ years }, crypto)).toEqual([]);
  });

  it('at the end are nobody’s fault, unless the provider was asked for all of it', () => {
    const hole = { start: at('2024-02-01'), end: at('2024-02-03'), bars: 48 };
    const last = at('2024-01-31T23:00Z');
    expect(isUnfetchedEnd(hole, last, [])).toBe(true);
    expect(isUnfetchedEnd(hole, last, [{ start: hole.start, end: hole.end - HOUR }])).toBe(true);
    expect(isUnfetchedEnd(hole, last, [{ start: hole.start, end: hole.end }])).toBe(false);
    expect(isUnfetchedEnd(hole, hole.end, [])).toBe(false);
  });
});

describe('so many bars away', () => {
  it.each([
    ['hours around the clock', crypto, '2024-03-05T12:00Z'],
    ['days over a weekend', days, '2024-03-05'],
    ['half hours over nights', halfHours, '2024-03-05T16:00Z'],
  ])('%s', (_, expectation, instant) => {
    const from = barsBefore(expectation, at(instant), MARGIN);
    expect(expectedCount(expectation, { start: from, end: at(instant) })).toBe(MARGIN);
    const to = barsAfter(expectation, at(instant), MARGIN, at('2030-01-01'));
    expect(expectedCount(expectation, { start: at(instant), end: to })).toBe(MARGIN);
    expect(expectedOpens(expectation, { start: to, end: to + 40 * 24 * HOUR })[0]).toBeGreaterThanOrEqual(to);
  });

  it('never goes beyond what has closed', () => {
    const limit = at('2024-03-05T15:00Z');
    expect(barsAfter(crypto, at('2024-03-05T12:00Z'), MARGIN, limit)).toBe(limit);
  });
});

describe('requests', () => {
  const choice = (barsPerRequest: number): Choice => ({
    provider: 'other',
    reason: 'a test',
    instrument: { symbol: 'X', native: 'X', assetClass: 'crypto' },
    market: { assetClass: 'crypto', volume: 'real', timeframes: [] },
    timeframe: { timeframe: '1h', barsPerRequest },
  });
  const rules = (barsPerRequest: number, reach = Number.NEGATIVE_INFINITY) => ({
    choice: choice(barsPerRequest),
    expectation: crypto,
    reach,
    closed: at('2025-01-01'),
  });
  const hole = (start: string, hours: number) => ({ start: at(start), end: at(start) + hours * HOUR });

  it('are shared by holes that one page covers, margins and all', () => {
    const holes = [hole('2024-03-01', 2), hole('2024-03-03', 1), hole('2024-03-20', 1)];
    const shared = clusterHoles(holes, rules(200)).map((each) => [each.holes.length, each.window.requests]);
    expect(shared).toEqual([
      [2, 1],
      [1, 1],
    ]);
    expect(clusterHoles(holes, rules(60))).toHaveLength(3);
    expect(clusterHoles(holes, rules(1000))).toHaveLength(1);
  });

  it('begin where the source begins', () => {
    const window = windowOf(hole('2024-03-01', 2), rules(100, at('2024-02-29T20:00Z')));
    expect(window).toMatchObject({ start: at('2024-02-29T20:00Z'), end: at('2024-03-02T02:00Z'), bars: 30 });
  });

  it('of a long hole are its pages and two for its margins', () => {
    const [long] = clusterHoles([hole('2020-01-01', 30_000)], rules(1000));
    expect(long).toMatchObject({ long: true, window: { requests: 33 } });
  });
});

describe('what verdicts come to', () => {
  const opens = Float64Array.of(1, 2, 3);
  const say = (kind: Verdict['kind'], provider = kind): Verdict => ({ kind, provider, reason: `${provider} said so` });
  const of = (verdicts: Verdict[], more: Partial<Parameters<typeof concludeHole>[0]> = {}) =>
    concludeHole({ opens, explained: [], rowsAdded: 0, unable: [], besides: ['binance'], verdicts, ...more });

  it('is what may still change, where nobody closed it', () => {
    expect(of([say('refused'), say('throttled'), say('out-of-reach')])).toMatchObject({ outcome: 'throttled' });
    expect(of([say('out-of-reach'), say('refused')])).toMatchObject({ outcome: 'refused', provider: 'refused' });
    expect(of([say('out-of-reach')])).toMatchObject({ outcome: 'out-of-reach' });
    expect(of([], { unable: [{ provider: 'x', reason: 'no key' }] })).toEqual({
      outcome: 'out-of-reach',
      provider: 'x',
      reason: 'x: no key',
    });
    expect(of([])).toMatchObject({
      outcome: 'out-of-reach',
      reason: expect.stringContaining('nobody but binance has'),
    });
  });

  it('is partly, as long as one bar is neither there nor explained', () => {
    const rest = { explained: [{ start: 1, end: 3 }] };
    expect(of([say('empty')], rest)).toMatchObject({ outcome: 'partly', provider: 'empty' });
    expect(of([say('added')], { rowsAdded: 2 })).toMatchObject({ outcome: 'partly' });
    expect(of([say('added')], { rowsAdded: 2, opens: new Float64Array(0) })).toMatchObject({ outcome: 'filled' });
    expect(of([say('empty')], { explained: [{ start: 1, end: 4 }] })).toMatchObject({ outcome: 'explained' });
  });
});
