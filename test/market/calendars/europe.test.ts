import { describe, expect, test } from '@jest/globals';
import { countsOf, datesOf, hoursOn, isOpen } from './sessions-of.js';

describe('London', () => {
  // biome-ignore format: ten years a line
  test('trades so many days a year', () => {
    expect(countsOf('XLON', 1990, 2025)).toEqual([
      253, 253, 254, 253, 252, 252, 254, 253, 253, 252,
      252, 253, 252, 253, 254, 252, 252, 253, 254, 253,
      253, 251, 252, 253, 253, 253, 253, 252, 253, 253,
      254, 253, 250, 251, 254, 253,
    ]);
  });

  test.each([
    ['1995-05-08', '1995-05-01'],
    ['2002-06-04', '2002-05-27'],
    ['2012-06-04', '2012-05-28'],
    ['2020-05-08', '2020-05-04'],
    ['2022-06-02', '2022-05-30'],
  ])('had its bank holiday on %s instead of %s', (had, instead) => {
    expect([isOpen('XLON', had), isOpen('XLON', instead)]).toEqual([false, true]);
  });

  test.each(['1999-12-31', '2002-06-03', '2011-04-29', '2012-06-05', '2022-06-03', '2022-09-19', '2023-05-08'])(
    'was closed on %s, once',
    (date) => {
      expect(isOpen('XLON', date)).toBe(false);
    },
  );

  test('makes up for Christmas on a weekend', () => {
    const decembers = [2020, 2021, 2022].map((year) => datesOf('XLON', year).filter((date) => date > `${year}-12-23`));
    expect(decembers).toEqual([
      ['2020-12-24', '2020-12-29', '2020-12-30', '2020-12-31'],
      ['2021-12-24', '2021-12-29', '2021-12-30', '2021-12-31'],
      ['2022-12-28', '2022-12-29', '2022-12-30'],
    ]);
  });

  test.each([
    ['2025-03-28', '08:00-16:30'],
    ['2025-03-31', '07:00-15:30'],
    ['2024-12-24', '08:00-12:30'],
    ['2022-12-23', '08:00-12:30'],
    ['2023-12-29', '08:00-12:30'],
    ['1999-09-17', '08:00-15:30'],
    // Days on which the machines failed.
    ['2000-04-05', '14:45-19:00'],
    ['2008-09-08', '07:00-08:15 15:00-15:30'],
    ['2019-08-16', '08:40-15:30'],
  ])('on %s keeps %s', (date, hours) => {
    expect(hoursOn('XLON', date)).toBe(hours);
  });
});

describe('Frankfurt', () => {
  test('trades so many days a year, under both codes', () => {
    expect(countsOf('XETR', 2002, 2011)).toEqual([253, 253, 257, 257, 255, 252, 254, 254, 256, 257]);
    const counts = [254, 253, 252, 253, 255, 252, 251, 251, 254, 255, 257, 255, 254, 253];
    expect(countsOf('XETR', 2012, 2025)).toEqual(counts);
    expect(countsOf('XFRA', 2012, 2025)).toEqual(counts);
  });

  test.each([
    ['2014-06-09', true],
    ['2015-05-25', false],
    ['2021-05-24', false],
    ['2022-06-06', true],
    ['2013-10-03', true],
    ['2014-10-03', false],
    ['2022-10-03', true],
    ['2017-10-31', false],
    ['2024-12-24', false],
    ['2024-12-31', false],
  ])('on %s trades: %s', (date, open) => {
    expect(isOpen('XETR', date)).toBe(open);
  });

  test.each([
    ['2003-10-31', '08:00-19:00'],
    ['2003-11-03', '08:00-16:30'],
    ['2024-07-01', '07:00-15:30'],
    ['2024-12-30', '08:00-13:00'],
    ['2023-12-29', '08:00-13:00'],
  ])('on %s keeps %s', (date, hours) => {
    expect(hoursOn('XETR', date)).toBe(hours);
  });
});

describe('Euronext', () => {
  test.each(['XPAR', 'XAMS', 'XBRU', 'XLIS'])('trades so many days a year: %s', (id) => {
    expect(countsOf(id, 2019, 2024)).toEqual([255, 257, 258, 257, 255, 256]);
  });

  test('makes up for no holiday on a weekend', () => {
    expect(datesOf('XPAR', 2022).filter((date) => date > '2022-12-22')).toEqual([
      '2022-12-23',
      '2022-12-27',
      '2022-12-28',
      '2022-12-29',
      '2022-12-30',
    ]);
    expect(isOpen('XPAR', '2022-01-03')).toBe(true);
  });

  test.each([
    ['XPAR', '2025-03-28', '08:00-16:30'],
    ['XPAR', '2025-03-31', '07:00-15:30'],
    ['XPAR', '2024-12-24', '08:00-13:00'],
    ['XPAR', '2024-12-31', '08:00-13:00'],
    ['XAMS', '2024-12-30', '08:00-16:30'],
    ['XLIS', '2024-07-01', '07:00-15:30'],
    ['XLIS', '2024-12-24', '08:00-13:00'],
  ])('%s on %s keeps %s', (id, date, hours) => {
    expect(hoursOn(id, date)).toBe(hours);
  });
});
