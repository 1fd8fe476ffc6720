import { expect, it } from '@jest/globals';
import { type ListedSeries, renderSeries } from '../../../src/cli/series/list-table.js';

const one: ListedSeries = {
  ...{
    symbol: 'BTCUSDT',
    timeframe: '1h',
    years: [2024],
    rows: 1_000_000,
    bytes: 5_000_000,
    unproved: [],
    newer: [],
    unreadable: [],
  },
  ...{ first: Date.UTC(2024, 0, 1, 5), last: Date.UTC(2024, 11, 31, 23), providers: ['binance', 'coingecko'] },
  coverage: undefined,
};
const shown = (missing: number, width = 120, expected = 1_000_000): string[] =>
  renderSeries([{ ...one, coverage: { expected, missing } }], {
    live: true,
    width,
    color: false,
    unicode: true,
  } as never);

it('says 100 % of all of it and of nothing less', () => {
  expect(shown(0)[1]).toContain('100 %');
  expect(shown(1)[1]).toContain('99.99 %');
  expect(shown(999_999)[1]).toContain(' 0.00 %');
  expect(shown(0, 120, 0)[1]).toContain('100 %');
});

it('keeps what matters most where the terminal is narrow', () => {
  expect(shown(0, 80)).toEqual([
    'SYMBOL   INTERVAL  FROM        TO                     ROWS  COVERED  FROM WHOM',
    'BTCUSDT  1h        2024-01-01  2024-12-31 23:00  1,000,000    100 %  binance,…',
  ]);
  expect(shown(0, 60)[0]).toBe('SYMBOL   INTERVAL  TO                     ROWS  COVERED');
});

it('gives a program the share itself, and nothing of ticks, of which nobody knows', () => {
  const plain = (coverage: ListedSeries['coverage']): string | undefined =>
    renderSeries([{ ...one, coverage }], { live: false, width: 80 } as never)[1]?.split('\t')[5];
  expect(plain({ expected: 4, missing: 1 })).toBe('0.75');
  expect(plain({ expected: 17, missing: 1 })).toBe('0.941176');
  expect(plain({ expected: 10_000_000, missing: 1 })).toBe('0.999999');
  expect(plain(undefined)).toBe('');
});
