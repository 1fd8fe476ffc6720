import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import type { Expectation } from '../../../src/market/expected.js';
import { formatInstant } from '../../../src/market/instant.js';
import { type Range, subtractRanges } from '../../../src/market/range.js';
import { estimateFill } from '../../../src/operations/fill/estimate-fill.js';
import { findAsked } from '../../../src/operations/fill/find-asked.js';
import { HoleWork } from '../../../src/operations/fill/hole-work.js';
import { readWhoseRows } from '../../../src/operations/fill/whose-rows.js';
import type { Notes } from '../../../src/operations/populate/notes.js';
import type { Choice } from '../../../src/sources/route.js';
import type { Series, SeriesInfo } from '../../../src/store/face.js';

const MINUTE = 60_000;
const START = Date.UTC(2024, 0, 1);
const minutes: Expectation = { calendar: ALWAYS_OPEN, timeframe: '1m', grid: 'clock' };
const rangeOf = (from: number, to: number): Range => ({ start: START + from * MINUTE, end: START + to * MINUTE });
const choice: Choice = {
  provider: 'other',
  reason: 'a test',
  instrument: { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto' },
  market: { assetClass: 'crypto', volume: 'real', timeframes: [] },
  timeframe: { timeframe: '1m', barsPerRequest: 1000 },
};
const workOf = (range: Range): HoleWork =>
  new HoleWork({ ...range, bars: (range.end - range.start) / MINUTE }, minutes, { choices: [choice], unable: [] }, []);

const NOBODY = { besides: () => [], rangesOf: () => [], simulated: false };

/** A minute in twenty lacks for most of a year. */
const ISOLATED = Array.from({ length: 23_000 }, (_, i) => rangeOf(20 * i, 20 * i + 1));

test('asked are those of which nothing is missing outside what was asked for', () => {
  const number = fc.integer({ min: 0, max: 30 });
  const ranges = fc.array(
    fc.tuple(number, number).map(([from, to]) => rangeOf(from, to)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(ranges, ranges, fc.array(number), (holes, asked, there) => {
      const works = holes.map(workOf);
      for (const work of works) work.take(new Set(there.map((each) => START + each * MINUTE)));
      const naive = works.filter((work) => work.rest().every((each) => subtractRanges(each, asked).length === 0));
      expect([...findAsked(works, asked)]).toEqual(naive);
    }),
  );
});

test('23,000 holes that one source was asked for in vain are told from those that it was not at once', async () => {
  const works = ISOLATED.map(workOf);
  const checkedAt = START + 400 * 86_400_000;
  const empty = ISOLATED.slice(1).map((range) => ({ ...range, provider: 'other', checkedAt }));
  const notes: Notes = { empty };
  const info = { symbol: 'BTCUSDT', timeframe: '1m' } as SeriesInfo;
  const jobs = [{ info, series: undefined as unknown as Series, expectation: minutes, works, whose: NOBODY }];
  const begun = performance.now();
  const plans = await estimateFill(
    { jobs, beyondLimit: 0, warnings: [], damaged: 0, judged: [] },
    {
      notes: { update: async (_, change) => change(notes).result },
      noteName: (symbol) => symbol,
      now: () => checkedAt + MINUTE,
    },
  );
  expect(performance.now() - begun).toBeLessThan(1500);
  expect(plans.filter(({ provider }) => provider === 'other').map(({ start }) => start)).toEqual([START]);
});

test('whose bars lie beside each of 23,000 holes is found at once', async () => {
  const provenance = ISOLATED.map(({ start }, i) => ({
    provider: i % 2 === 0 ? 'even' : 'odd',
    via: 'live' as const,
    fetchedAt: formatInstant(START),
    derived: false,
    from: formatInstant(start + MINUTE),
    to: formatInstant(start + 20 * MINUTE),
    rows: 19,
  }));
  const series = { years: async () => [{ year: 2024, state: 'sound', sidecar: { provenance } }] };
  const whose = await readWhoseRows(series as unknown as Series);
  const begun = performance.now();
  const besides = ISOLATED.map((hole) => whose.besides(hole));
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(besides.slice(0, 3)).toEqual([['even'], ['even', 'odd'], ['odd', 'even']]);
});
