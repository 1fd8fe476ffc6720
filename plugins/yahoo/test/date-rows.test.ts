import { describe, expect, it } from '@jest/globals';
import type { AssetClass } from '../../../src/market/symbol.js';
import type { DateTimeframe } from '../src/date-bars.js';
import { dateRows } from '../src/date-rows.js';
import { readQuotes } from '../src/quotes.js';
import { type Line, makeChart, makeError, NO_TRADE, seconds } from './make-chart.js';

const WIRES = { '1d': '1d', '1w': '1wk', '1mo': '1mo' } as const;

function read(
  lines: readonly Line[],
  {
    assetClass = 'equity' as AssetClass,
    timeframe = '1d' as DateTimeframe,
    zone = 'America/New_York',
    now = '2030-01-01',
  } = {},
  events?: Parameters<typeof makeChart>[2],
) {
  const chart = makeChart(lines, { exchangeTimezoneName: zone }, events);
  const query = { native: 'AAPL', wire: WIRES[timeframe], period1: 0, period2: 4e9 };
  const range = { start: Date.parse('2020-01-01'), end: Date.parse('2030-01-01') };
  return dateRows(chart, readQuotes(chart, query, makeError), {
    assetClass,
    timeframe,
    ...range,
    now: Date.parse(now),
  });
}

const dates = (rows: readonly { readonly time: number }[]) =>
  rows.map(({ time }) => new Date(time).toISOString().slice(0, 16));

describe('days', () => {
  it('of a share are labelled by the date of their session, in winter and summer', () => {
    expect(dates(read([{ at: '2024-03-08T14:30Z' }, { at: '2024-03-11T13:30Z' }]))).toEqual([
      '2024-03-08T00:00',
      '2024-03-11T00:00',
    ]);
  });

  it('of Sydney belong to the date there, which begins the evening before', () => {
    expect(dates(read([{ at: '2024-01-01T23:00Z' }], { zone: 'Australia/Sydney' }))).toEqual(['2024-01-02T00:00']);
  });

  it('of currencies open at midnight in London, whatever that is in UTC, and have no volume', () => {
    const rows = read(
      [
        { at: '2024-03-29T00:00Z', volume: 0 },
        { at: '2024-03-31T23:00Z', volume: 0 },
      ],
      {
        assetClass: 'fx',
        zone: 'Europe/London',
      },
    );
    expect(dates(rows)).toEqual(['2024-03-29T00:00', '2024-04-01T00:00']);
    expect(rows[0]).toMatchObject({ volume: null });
    expect(rows[0]).not.toHaveProperty('adjusted_close');
  });

  it('without a trade are no rows, and the price of this moment is no second day', () => {
    const rows = read([
      { at: '2024-01-02T14:30Z' },
      { at: '2024-01-03T14:30Z', prices: NO_TRADE, volume: null },
      { at: '2024-01-03T19:12:07Z', prices: [5, 5, 5, 5], volume: 0 },
    ]);
    expect(dates(rows)).toEqual(['2024-01-02T00:00']);
  });

  it('that still run are left out until their date is over in UTC', () => {
    const lines = [{ at: '2024-01-02T14:30Z' }, { at: '2024-01-03T14:30Z' }];
    expect(read(lines, { now: '2024-01-03T23:59:59Z' })).toHaveLength(1);
    expect(read(lines, { now: '2024-01-04T00:00:00Z' })).toHaveLength(2);
  });

  it('carry what was paid and split on their date', () => {
    const at = seconds('2020-08-31T13:30Z');
    const rows = read(
      [
        { at: '2020-08-28T13:30Z', adjusted: 9.5 },
        { at: '2020-08-31T13:30Z', adjusted: 10 },
      ],
      {},
      {
        dividends: { [at]: { amount: 0.205, date: at } },
        splits: { [at]: { numerator: 4, denominator: 1, date: at } },
      },
    );
    expect(rows).toMatchObject([
      { adjusted_close: 9.5, dividend: null, split: null },
      { adjusted_close: 10, dividend: 0.205, split: 4 },
    ]);
  });
});

describe('weeks and months', () => {
  it('open on Monday, also when Monday was a holiday', () => {
    const lines = [{ at: '2024-01-08T05:00Z' }, { at: '2024-01-16T14:30Z' }];
    expect(dates(read(lines, { timeframe: '1w' }))).toEqual(['2024-01-08T00:00', '2024-01-15T00:00']);
  });

  it('open on the first, and the running one is left out with its live row', () => {
    const lines = [{ at: '2024-01-01T05:00Z' }, { at: '2024-02-01T05:00Z' }, { at: '2024-02-09T21:00:01Z' }];
    expect(dates(read(lines, { timeframe: '1mo', now: '2024-02-10' }))).toEqual(['2024-01-01T00:00']);
    expect(dates(read(lines, { timeframe: '1mo', now: '2024-03-01' }))).toEqual([
      '2024-01-01T00:00',
      '2024-02-01T00:00',
    ]);
  });
});
