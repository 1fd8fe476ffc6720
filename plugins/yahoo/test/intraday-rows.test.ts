import { describe, expect, it } from '@jest/globals';
import type { AssetClass } from '../../../src/market/symbol.js';
import { intradayRows } from '../src/intraday-rows.js';
import { readQuotes } from '../src/quotes.js';
import { type Line, makeChart, makeError, NO_TRADE, seconds } from './make-chart.js';

const MINUTE = 60_000;
const session = (open: string, close: string) => [{ start: seconds(open), end: seconds(close) }];

function read(
  lines: readonly Line[],
  {
    step = 60 * MINUTE,
    assetClass = 'equity' as AssetClass,
    sessions = [] as ReturnType<typeof session>[],
    now = '2030-01-01',
  } = {},
) {
  const chart = makeChart(lines, sessions.length === 0 ? {} : { tradingPeriods: sessions });
  const query = { native: 'AAPL', wire: '1h' as const, period1: 0, period2: 4e9 };
  const range = { start: 0, end: Date.parse('2030-01-01') };
  return intradayRows(chart, readQuotes(chart, query, makeError), { assetClass, step, ...range, now: Date.parse(now) });
}

const times = (rows: readonly { readonly time: number }[]) =>
  rows.map(({ time }) => new Date(time).toISOString().slice(11, 19));

describe('bars within a session', () => {
  it('keep their stamps, which count from its open', () => {
    const lines = [{ at: '2024-01-02T14:30Z' }, { at: '2024-01-02T15:30Z' }];
    expect(times(read(lines))).toEqual(['14:30:00', '15:30:00']);
    expect(times(read(lines, { sessions: [session('2024-01-02T14:30Z', '2024-01-02T21:00Z')] }))).toEqual([
      '14:30:00',
      '15:30:00',
    ]);
  });

  it('do not include the price of this moment, nor the row it displaced', () => {
    const lines: Line[] = [
      { at: '2024-01-02T14:30Z' },
      { at: '2024-01-02T14:31Z', prices: NO_TRADE, volume: null },
      { at: '2024-01-02T14:31:36Z', prices: [5, 5, 5, 5], volume: 0 },
    ];
    expect(times(read(lines, { step: MINUTE }))).toEqual(['14:30:00']);
  });

  it('end where the session does, the closing print dropped', () => {
    const lines: Line[] = [{ at: '2024-01-02T20:59Z' }, { at: '2024-01-02T21:00Z', prices: [5, 5, 5, 5], volume: 0 }];
    expect(times(read(lines, { step: MINUTE }))).toEqual(['20:59:00']);
    expect(times(read(lines, { step: MINUTE, sessions: [session('2024-01-02T14:30Z', '2024-01-02T21:00Z')] }))).toEqual(
      ['20:59:00'],
    );
  });

  it('of a half day are those before one o’clock', () => {
    const lines: Line[] = [
      { at: '2024-11-29T14:30Z' },
      { at: '2024-11-29T15:30Z' },
      { at: '2024-11-29T16:30Z' },
      { at: '2024-11-29T17:30Z', prices: NO_TRADE, volume: null },
      { at: '2024-11-29T18:00Z', prices: [5, 5, 5, 5], volume: 0 },
      { at: '2024-11-29T21:00Z', prices: [5, 5, 5, 5], volume: 0 },
    ];
    expect(times(read(lines))).toEqual(['14:30:00', '15:30:00', '16:30:00']);
    expect(times(read(lines, { step: 30 * MINUTE }))).toEqual(['14:30:00', '15:30:00', '16:30:00']);
  });

  const FLAT = { prices: [5, 5, 5, 5], volume: 0 } as const;

  it('include a reply’s first row, whose volume is not known, though it is flat', () => {
    const alone: Line[] = [{ at: '2024-01-02T20:58Z', ...FLAT }];
    expect(read(alone, { step: MINUTE })).toMatchObject([{ close: 5, volume: null }]);
    const before: Line[] = [...alone, { at: '2024-01-02T20:59Z', prices: NO_TRADE, volume: null }];
    expect(times(read(before, { step: MINUTE }))).toEqual(['20:58:00']);
    const twoDays: Line[] = [...alone, { at: '2024-01-03T14:30Z' }, { at: '2024-01-03T21:00Z', ...FLAT }];
    expect(times(read(twoDays, { step: MINUTE }))).toEqual(['20:58:00', '14:30:00']);
  });

  it('include a flat one without volume at the end, where the session is told to go on', () => {
    const lines: Line[] = [
      { at: '2024-11-29T16:30Z' },
      { at: '2024-11-29T17:30Z', ...FLAT },
      { at: '2024-11-29T18:00Z', ...FLAT },
      { at: '2024-11-29T21:00Z', ...FLAT },
    ];
    const halfDay = [session('2024-11-29T14:30Z', '2024-11-29T18:00Z')];
    expect(times(read(lines, { step: 30 * MINUTE, sessions: halfDay }))).toEqual(['16:30:00', '17:30:00']);
    const fullDay = [session('2024-11-29T14:30Z', '2024-11-29T21:00Z')];
    expect(times(read(lines, { step: 30 * MINUTE, sessions: fullDay })).at(-1)).toBe('18:00:00');
    expect(times(read(lines, { step: 30 * MINUTE }))).toEqual(['16:30:00']);
  });

  it('may come in two sessions a day', () => {
    const sessions = [
      session('2024-01-04T01:30Z', '2024-01-04T04:00Z'),
      session('2024-01-04T05:00Z', '2024-01-04T08:00Z'),
    ];
    const lines = ['01:30', '02:30', '03:30', '04:30', '05:00', '06:00'].map((at) => ({ at: `2024-01-04T${at}Z` }));
    expect(times(read(lines, { sessions }))).toEqual(['01:30:00', '02:30:00', '03:30:00', '05:00:00', '06:00:00']);
  });

  it('leave the volume of a reply’s first row open when it says nothing was traded', () => {
    const rows = read([
      { at: '2024-01-02T14:30Z', volume: 0 },
      { at: '2024-01-02T15:30Z', volume: 0, prices: [1, 2, 1, 2] },
    ]);
    expect(rows.map(({ volume }) => volume)).toEqual([null, 0]);
  });

  it('that still run are left out', () => {
    const lines = [{ at: '2024-01-02T14:30Z' }, { at: '2024-01-02T15:30Z' }];
    expect(times(read(lines, { now: '2024-01-02T16:29:59Z' }))).toEqual(['14:30:00']);
  });
});

describe('markets without a session', () => {
  it('have the clock’s grid, up to midnight', () => {
    const lines = [{ at: '2024-01-02T23:58Z' }, { at: '2024-01-02T23:59Z' }, { at: '2024-01-03T00:00:31Z' }];
    expect(times(read(lines, { assetClass: 'crypto', step: MINUTE }))).toEqual(['23:58:00', '23:59:00']);
  });
});

describe('what is not the chart that was asked for', () => {
  const query = { native: 'AAPL', wire: '1h' as const, period1: seconds('2024-01-01'), period2: seconds('2024-01-31') };
  it.each([
    ['another symbol', makeChart([], { symbol: 'MSFT' })],
    ['another interval', makeChart([], { dataGranularity: '30m' })],
    ['other rows', makeChart([{ at: '2024-06-03T13:30Z' }])],
    ['rows out of order', makeChart([{ at: '2024-01-03T14:30Z' }, { at: '2024-01-02T14:30Z' }])],
    [
      'columns of different lengths',
      { ...makeChart([{ at: '2024-01-03T14:30Z' }]), timestamp: [1704292200, 1704295800] },
    ],
  ])('%s is malformed', (_what, chart) => {
    expect(() => readQuotes(chart, query, makeError)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
