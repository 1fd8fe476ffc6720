import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from '../../../src/market/bars.js';
import { Admission } from '../../../src/sources/admission/admission.js';
import type { AdmissionRules } from '../../../src/sources/admission/admission-rules.js';
import { isSound } from '../../../src/sources/admission/is-sound.js';

const HOUR = 3_600_000;
const RULES: AdmissionRules = {
  timeframe: '1h',
  range: { start: 0, end: 40 * HOUR },
  now: 38 * HOUR,
  sessions: false,
};
const cell = fc.oneof(
  { arbitrary: fc.constantFrom(9, 10, 11), weight: 12 },
  fc.constantFrom(Number.NaN, 0, -0, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE),
);
const step = fc.oneof(
  { arbitrary: fc.constant(HOUR), weight: 12 },
  fc.constantFrom(0, -HOUR, 2 * HOUR, 900_000, 1, 0.5),
);
const batch = fc.array(fc.tuple(step, cell, cell, cell), { maxLength: 12 }).map((rows): Bars => {
  let at = -HOUR;
  const time = Float64Array.from(rows, ([by]) => (at += by));
  const of = (c: 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[c]);
  const ten = Float64Array.from(rows, () => 10);
  return {
    time,
    columns: ['open', 'high', 'low', 'close', 'volume', 'trades'],
    values: [of(1), Float64Array.from(of(1), (v) => v + 1), ten, of(1), of(2), of(3)],
  };
});

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

describe('a batch looked at by columns', () => {
  test('is called sound exactly where every row is admitted as it stands', () => {
    fc.assert(
      fc.property(batch, fc.boolean(), (bars, sessions) => {
        const rules = { ...RULES, sessions };
        // Row by row: a batch of rows is never taken for sound as a whole.
        const rows = Array.from(bars.time, (time, row) => ({
          time,
          ...Object.fromEntries(bars.columns.map((name, c) => [name, orNull(bars.values[c]?.[row] as number)])),
        }));
        const admission = new Admission(rules);
        admission.admit([...rows, { time: -1, open: 1, high: 1, low: 1, close: 1, volume: null }]);
        const all = rows.length > 0 && admission.tally.admitted === rows.length;
        const infinite = bars.values.some((each) => each.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY));
        const ascending = bars.time.every((time, row) => row === 0 || time > (bars.time[row - 1] as number));
        expect(isSound(bars, rules)).toBe(all && !infinite && ascending);
      }),
      { numRuns: 2000 },
    );
  });

  test('ticks need a price and no grid', () => {
    const ticks: AdmissionRules = { ...RULES, timeframe: 'ticks' };
    const of = (name: string): Bars => ({
      time: Float64Array.of(1, 5, 7),
      columns: [name],
      values: [Float64Array.of(1, 2, 3)],
    });
    expect(isSound(of('price'), ticks)).toBe(true);
    expect(isSound(of('quote'), ticks)).toBe(false);
  });
});
