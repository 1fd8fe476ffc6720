import { describe, expect, test } from '@jest/globals';
import { countsOf, hoursOn, isOpen } from './sessions-of.js';

describe('Toronto', () => {
  test('trades so many days a year', () => {
    expect(countsOf('XTSE', 1990, 1999)).toEqual([252, 252, 253, 252, 251, 251, 253, 252, 252, 252]);
    expect(countsOf('XTSE', 2000, 2025)).toEqual([
      251, 250, 252, 252, 253, 251, 251, 252, 252, 251, 251, 250, 251, 251, 251, 251, 251, 250, 251, 251, 252, 251, 250,
      250, 252, 251,
    ]);
  });

  test.each([
    ['2007-02-19', true],
    ['2008-02-18', false],
    ['2025-05-19', false],
    ['2017-07-03', false],
    ['2024-08-05', false],
    ['2024-10-14', false],
    ['2001-09-12', false],
    ['2001-09-13', true],
    ['2021-12-28', false],
  ])('on %s trades: %s', (date, open) => {
    expect(isOpen('XTSE', date)).toBe(open);
  });

  test('ends early on Christmas Eve', () => {
    expect(hoursOn('XTSE', '2024-12-24')).toBe('14:30-18:00');
    expect(hoursOn('XTSE', '2024-12-23')).toBe('14:30-21:00');
  });
});

describe('Sydney', () => {
  test('trades so many days a year', () => {
    expect(countsOf('XASX', 1994, 1999)).toEqual([252, 252, 254, 253, 254, 253]);
    expect(countsOf('XASX', 2000, 2025)).toEqual([
      252, 253, 253, 253, 255, 252, 252, 253, 254, 254, 253, 252, 253, 253, 253, 254, 253, 252, 253, 253, 255, 254, 251,
      252, 254, 253,
    ]);
  });

  test.each([
    ['2024-01-26', false],
    ['2022-01-03', false],
    ['2021-04-26', true],
    ['2010-04-26', false],
    ['2011-04-26', false],
    ['2025-06-09', false],
    ['2022-09-22', false],
  ])('on %s trades: %s', (date, open) => {
    expect(isOpen('XASX', date)).toBe(open);
  });

  // In summer its day begins on the eve, by UTC.
  test.each([
    ['2024-01-15', '23:00-05:00'],
    ['2024-07-15', '00:00-06:00'],
    ['2024-04-05', '23:00-05:00'],
    ['2024-04-08', '00:00-06:00'],
    ['2024-12-24', '23:00-03:10'],
    ['2022-12-23', '23:00-05:00'],
    ['2020-11-16', '23:00-23:24'],
    ['2016-09-19', '01:30-04:05'],
  ])('on %s keeps %s', (date, hours) => {
    expect(hoursOn('XASX', date)).toBe(hours);
  });
});
