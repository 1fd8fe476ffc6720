import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { findCalendar } from '../../../src/market/calendars.js';
import { type Expectation, expectedOpens } from '../../../src/market/expected.js';
import { glanceCoverage } from '../../../src/operations/coverage/glance-coverage.js';
import { measureCoverage } from '../../../src/operations/coverage/measure-coverage.js';
import { openStore } from '../../../src/store/open-store.js';
import { barsAt, PROVENANCE } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const XNYS = findCalendar('XNYS') as NonNullable<ReturnType<typeof findCalendar>>;
const HOUR = 3_600_000;
const START = Date.parse('2023-11-01T00:00:00Z');

const expectations: readonly Expectation[] = [
  { calendar: ALWAYS_OPEN, timeframe: '4h', grid: 'clock' },
  { calendar: XNYS, timeframe: '1d', grid: 'clock' },
  { calendar: XNYS, timeframe: '1h', grid: 'session' },
];

it('counts what the whole measure counts, wherever the holes are and whatever explains them', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...expectations),
      fc.array(fc.nat(600), { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 1, max: 300 })), { maxLength: 3 }),
      async (expectation, absent, explained) => {
        const opens = expectedOpens(expectation, { start: START, end: START + 100 * 24 * HOUR });
        const gone = new Set(absent);
        const time = opens.filter((_, i) => !gone.has(i));
        if (time.length === 0) return;
        const store = openStore(root, { now: () => Date.parse('2024-06-01T00:00:00Z') });
        const series = store.series(`S${round++}`, expectation.timeframe);
        await series.put(barsAt([...time]), PROVENANCE);
        const known = explained.map(([from, hours]) => ({
          start: START + from * HOUR,
          end: START + (from + hours) * HOUR,
        }));
        const range = { start: time[0] as number, end: (time.at(-1) as number) + 1 };
        const { expected, present, explained: why, missing } = await measureCoverage(series, expectation, range, known);
        const glance = glanceCoverage(await series.coverage(), expectation, known);
        // A reason that lies where bars are there explains nothing; by counts alone that cannot be told.
        expect(glance).toMatchObject({ expected, present });
        expect(glance?.explained).toBeGreaterThanOrEqual(why);
        expect((glance?.explained ?? 0) + (glance?.missing ?? 0)).toBe(why + missing);
        if (known.length === 0) expect(glance).toEqual({ expected, present, explained: why, missing });
      },
    ),
    { numRuns: 40 },
  );
});
