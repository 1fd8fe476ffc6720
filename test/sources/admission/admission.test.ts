import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOrdered, REASONS, type Reason } from '../../../src/market/bar-rules.js';
import { type Bars, OHLCV } from '../../../src/market/bars.js';
import { closeOf, isOnGrid, type Timeframe } from '../../../src/market/timeframe.js';
import type { Batch, Cell, Row } from '../../../src/provider/index.js';
import { Admission } from '../../../src/sources/admission/admission.js';
import type { AdmissionRules } from '../../../src/sources/admission/admission-rules.js';
import { listRows } from '../../support/make-bars.js';

const HOUR = 3_600_000;
const start = Date.UTC(2024, 0, 2);
const rules: AdmissionRules = {
  timeframe: '1h',
  range: { start, end: start + 24 * HOUR },
  now: start + 12 * HOUR,
  sessions: false,
};
const good = { open: 10, high: 12, low: 9, close: 11, volume: 5 };
const bar = (hour: number, cells: Partial<Row> = {}): Row => ({ time: start + hour * HOUR, ...good, ...cells }) as Row;

function admit(batch: Batch, changed: Partial<AdmissionRules> = {}) {
  const admission = new Admission({ ...rules, ...changed });
  const bars = admission.admit(batch);
  return { bars, refused: Object.fromEntries(admission.tally.refused), tally: admission.tally };
}

describe('a row is refused, and counted, when', () => {
  const cases: readonly (readonly [Reason, string, Row, Partial<AdmissionRules>?])[] = [
    ['no-time', 'its time is none', bar(0, { time: Number.NaN })],
    ['no-time', 'its time is a fraction', bar(0, { time: start + 0.5 })],
    ['no-time', 'its time is endless', bar(0, { time: Number.POSITIVE_INFINITY })],
    ['outside-range', 'it opens before the range', bar(-1)],
    ['outside-range', 'it opens at the end of the range', bar(24)],
    ['outside-range', 'its time is in seconds', bar(0, { time: start / 1000 })],
    ['outside-range', 'its time is in microseconds', bar(0, { time: start * 1000 })],
    ['outside-range', 'its time is in nanoseconds', bar(0, { time: start * 1e6 })],
    ['no-prices', 'a price is null', bar(0, { open: null })],
    ['no-prices', 'a price is empty', bar(0, { low: '' })],
    ['no-prices', 'a price is absent', bar(0, { close: undefined })],
    ['not-a-number', 'a price is NaN as a text', bar(0, { close: 'NaN' })],
    ['not-a-number', 'a price is infinite', bar(0, { high: Number.POSITIVE_INFINITY })],
    ['not-a-number', 'a price is 1e309', bar(0, { high: '1e309' })],
    ['not-a-number', 'a price is hexadecimal', bar(0, { open: '0x10' })],
    ['not-a-number', 'a price has a thousands comma', bar(0, { open: '1,000.5' })],
    ['not-a-number', 'a price is in full-width digits', bar(0, { open: '１０' })],
    ['not-a-number', 'a price has something behind it', bar(0, { open: '10abc' })],
    ['not-a-number', 'a price is a list', bar(0, { open: [10] as unknown as Cell })],
    ['not-a-number', 'a price is true', bar(0, { open: true as unknown as Cell })],
    ['not-a-number', 'a price is an object', bar(0, { open: { valueOf: () => 10 } as unknown as Cell })],
    ['not-a-number', 'a price is a bigint', bar(0, { open: 10n as unknown as Cell })],
    ['not-a-number', 'the volume is no number', bar(0, { volume: 'many' })],
    ['not-a-number', 'another column is no number', bar(0, { trades: 'x' })],
    ['not-positive', 'a price is zero', bar(0, { low: 0 })],
    ['not-positive', 'a price is minus zero', bar(0, { low: '-0' })],
    ['not-positive', 'a price is negative', bar(0, { low: -1 })],
    ['high-low', 'high lies below low', bar(0, { high: 8 })],
    ['high-low', 'open lies above high', bar(0, { open: 13 })],
    ['high-low', 'close lies below low', bar(0, { close: 8.5 })],
    ['negative-volume', 'the volume is below zero', bar(0, { volume: -1 })],
    ['off-grid', 'it opens a minute late', bar(0, { time: start + 60_000 })],
    ['off-grid', 'a day opens at noon', bar(6), { timeframe: '1d' }],
    ['off-grid', 'a week opens on a Tuesday', bar(0), { timeframe: '1w' }],
    ['off-grid', 'a month opens on its second day', bar(0), { timeframe: '1mo' }],
    ['not-closed', 'it is still open', bar(12)],
    ['not-closed', 'it has not begun', bar(13)],
  ];
  it.each(cases)('%s: %s', (reason, _, row, changed = {}) => {
    const wide = { start: start - 40 * 24 * HOUR, end: start + 40 * 24 * HOUR };
    const range = changed.timeframe === undefined ? rules.range : wide;
    const { bars, refused, tally } = admit([row], { ...changed, range });
    expect({ rows: [...bars.time], refused }).toEqual({ rows: [], refused: { [reason]: 1 } });
    expect(tally).toMatchObject({ rows: 1, admitted: 0 });
  });

  it('its time was there already: the first stands', () => {
    const { bars, refused } = admit([bar(1), bar(1), bar(1, { close: 11.5 }), bar(0)]);
    expect(listRows(bars).map(([time, , , , close]) => [time, close])).toEqual([
      [start, 11],
      [start + HOUR, 11],
    ]);
    expect(refused).toEqual({ duplicate: 2 });
  });

  it('unless repeats are kept: then all of them pass, as they came', () => {
    const { bars, refused } = admit([bar(1), bar(1, { close: 11.5 }), bar(0)], { repeats: 'kept' });
    expect([...bars.time]).toEqual([start + HOUR, start + HOUR, start]);
    expect(refused).toEqual({});
  });

  it('for every reason there is a case', () => {
    const seen = new Set<string>([...cases.map(([reason]) => reason), 'duplicate']);
    expect([...seen].sort()).toEqual(Object.keys(REASONS).sort());
  });
});

describe('a row passes', () => {
  it.each([
    ['the first of the range', bar(0)],
    ['the last that has closed', bar(11)],
    ['with numbers as texts', bar(0, { open: '10', high: '1.2e1', low: '+9', close: '.11e2', volume: '5.' })],
    ['without a volume', bar(0, { volume: null })],
    ['with no trade', bar(0, { volume: 0, open: 11, high: 11, low: 11 })],
    ['with a further column that is absent', bar(0, { trades: null })],
  ])('%s', (_, row) => {
    expect(admit([row]).tally).toMatchObject({ admitted: 1 });
  });

  it('from the very instant it closes, and no earlier', () => {
    expect(admit([bar(12)], { now: start + 13 * HOUR - 1 }).refused).toEqual({ 'not-closed': 1 });
    expect(admit([bar(12)], { now: start + 13 * HOUR }).tally.admitted).toBe(1);
  });

  it('where a session opens at half past, if the market has sessions', () => {
    const row = bar(0, { time: start + 30 * 60_000 });
    expect(admit([row]).tally.admitted).toBe(0);
    expect(admit([row], { sessions: true }).tally.admitted).toBe(1);
  });

  it('as a tick with its price alone', () => {
    const ticks = [
      { time: start + 1, price: '10.5' },
      { time: start + 7, price: 0 },
      { time: start + 9, price: null },
    ];
    const { bars, refused } = admit(ticks, { timeframe: 'ticks' });
    expect(bars.columns).toContain('price');
    expect([...bars.time]).toEqual([start + 1]);
    expect(refused).toEqual({ 'not-positive': 1, 'no-prices': 1 });
  });
});

const cell = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 30 }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 30 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Cell>(null, undefined, '', 'NaN', '0x10', '1,0', 0, -1, Number.NaN, Infinity, '１'),
  },
);
const row = fc.record({
  time: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -3, max: 27 }).map((hour) => start + hour * HOUR) },
    { weight: 1, arbitrary: fc.double() },
    { weight: 1, arbitrary: fc.integer({ min: start, max: start + 24 * HOUR }) },
  ),
  open: cell,
  high: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 30, max: 40 }) }, cell),
  low: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, cell),
  close: cell,
  volume: cell,
});

describe('whatever comes, what is admitted', () => {
  it('ascends, is there once, and is a closed and ordered bar of the range and its grid', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        fc.constantFrom<Timeframe>('1h', '30m', '4h', '1d'),
        (batch, timeframe) => {
          const { bars, tally } = admit(batch as Row[], { timeframe });
          const [open, high, low, close, volume] = OHLCV.map(
            (name) => bars.values[bars.columns.indexOf(name)],
          ) as Float64Array[];
          for (const [i, time] of bars.time.entries()) {
            if (i > 0) expect(time).toBeGreaterThan(bars.time[i - 1] as number);
            expect(time >= rules.range.start && time < rules.range.end && isOnGrid(timeframe, time)).toBe(true);
            expect(closeOf(timeframe, time)).toBeLessThanOrEqual(rules.now);
            const [o, h, l, c, v] = [open, high, low, close, volume].map((each) => each?.[i] as number) as [
              number,
              number,
              number,
              number,
              number,
            ];
            expect(isOrdered(o, h, l, c) && l > 0).toBe(true);
            expect(v < 0).toBe(false);
            // … and it is a row that came, not one made of several.
            expect(
              batch.some(
                (each) =>
                  each.time === time &&
                  [each.open, each.high, each.low, each.close].map(Number).join() === [o, h, l, c].join(),
              ),
            ).toBe(true);
          }
          const refused = [...tally.refused.values()].reduce((sum, each) => sum + each, 0);
          expect([tally.rows, tally.admitted]).toEqual([batch.length, bars.time.length]);
          expect(refused + tally.admitted).toBe(tally.rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is the same from rows and from columns', () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 30 }), fc.constant(Number.NaN));
    const numeric = fc.record({
      time: fc.integer({ min: -3, max: 27 }).map((hour) => start + hour * HOUR),
      open: number,
      high: fc.integer({ min: 28, max: 40 }),
      low: fc.integer({ min: -1, max: 3 }),
      close: number,
      volume: number,
    });
    fc.assert(
      fc.property(fc.array(numeric, { maxLength: 60 }), (batch) => {
        const columns: Bars = {
          time: Float64Array.from(batch, ({ time }) => time),
          columns: OHLCV,
          values: OHLCV.map((name) => Float64Array.from(batch, (each) => each[name as 'open'])),
        };
        // In a row, absent is null; in a column it is NaN.
        const rows = batch.map((each) =>
          Object.fromEntries(Object.entries(each).map(([name, value]) => [name, Number.isNaN(value) ? null : value])),
        ) as unknown as Row[];
        const [fromRows, fromColumns] = [admit(rows), admit(columns)];
        expect(listRows(fromRows.bars)).toEqual(listRows(fromColumns.bars));
        expect(fromRows.bars.columns).toEqual(fromColumns.bars.columns);
        expect(fromRows.refused).toEqual(fromColumns.refused);
      }),
      { numRuns: 300 },
    );
  });
});
