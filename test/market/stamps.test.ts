import { describe, expect, test } from '@jest/globals';
import { createStampReader, type StampOptions } from '../../src/market/stamps.js';

const PLAIN: StampOptions = { format: 'auto', zone: 'UTC', sessionDates: false };
const NEW_YORK = { ...PLAIN, zone: 'America/New_York' };
const SESSION_DATES = { ...NEW_YORK, sessionDates: true };

function read(text: string, options: Partial<StampOptions> = {}): string | undefined {
  const instant = createStampReader({ ...PLAIN, ...options }).read(text);
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

describe('a written stamp', () => {
  test.each([
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    ['2024/1/5', '2024-01-05T00:00:00.000Z'],
    ['2024.01.05', '2024-01-05T00:00:00.000Z'],
    ['2024-01-31 09:30', '2024-01-31T09:30:00.000Z'],
    ['2024-01-31   9:30', '2024-01-31T09:30:00.000Z'],
    ['2024-01-31T09:30:15', '2024-01-31T09:30:15.000Z'],
    ['2024-01-31T09:30:15Z', '2024-01-31T09:30:15.000Z'],
    ['2024-01-31t09:30:15z', '2024-01-31T09:30:15.000Z'],
    ['2024-01-31 09:30:15 UTC', '2024-01-31T09:30:15.000Z'],
    ['2024-01-31 09:30:15 GMT', '2024-01-31T09:30:15.000Z'],
    ['2024-01-31 09:30:15.5', '2024-01-31T09:30:15.500Z'],
    ['2024-01-31 09:30:15,25', '2024-01-31T09:30:15.250Z'],
    ['2024-01-31 09:30:15.123456789', '2024-01-31T09:30:15.123Z'],
    ['2024-01-31T09:30:15+02:00', '2024-01-31T07:30:15.000Z'],
    ['2024-01-31T09:30:15-0530', '2024-01-31T15:00:15.000Z'],
    ['2024-01-31T09:30:15-05', '2024-01-31T14:30:15.000Z'],
    ['2024-01-31T23:59:59', '2024-01-31T23:59:59.000Z'],
    ['20240131', '2024-01-31T00:00:00.000Z'],
    ['202401310930', '2024-01-31T09:30:00.000Z'],
    ['20240131093015', '2024-01-31T09:30:15.000Z'],
    ['18991231', '1899-12-31T00:00:00.000Z'],
    ['21000101', '2100-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
    expect(read(text, { format: 'iso' })).toBe(instant);
  });

  test.each([
    '',
    'timestamp',
    '2024',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-01-31T24:00:00',
    '2024-01-31T09:60:00',
    '2024-01-31T09:30:60',
    '2024-01-31T09',
    '2024-01-31T09:30:15 EST',
    '2024-01-31T09:30:15+2',
    'x2024-01-31',
    '2024-01-31x',
    '0099-01-01',
  ])('%j is none', (text) => expect(read(text, { format: 'iso' })).toBeUndefined());
});

describe('a stamp that is a number', () => {
  const TIME = '2024-01-31T09:30:15.000Z';
  test.each([
    ['1706693415', TIME],
    ['1706693415000', TIME],
    ['1706693415000000', TIME],
    ['1706693415000000000', TIME],
    ['1706693415.25', '2024-01-31T09:30:15.250Z'],
    ['1706693415123.9', '2024-01-31T09:30:15.124Z'],
    ['1706693415123456', '2024-01-31T09:30:15.123Z'],
    ['1706693415123456789', '2024-01-31T09:30:15.123Z'],
    ['-1', '1969-12-31T23:59:59.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['99999999999', '5138-11-16T09:46:39.000Z'],
    ['100000000000', '1973-03-03T09:46:40.000Z'],
    ['-99999999999', '-001199-02-15T14:13:21.000Z'],
    ['99999999999999', '5138-11-16T09:46:39.999Z'],
    ['100000000000000', '1973-03-03T09:46:40.000Z'],
    ['99999999999999999', '5138-11-16T09:46:39.999Z'],
    ['100000000000000000', '1973-03-03T09:46:40.000Z'],
  ])('%s is known by its size: %s', (text, instant) => expect(read(text)).toBe(instant));

  test('is read in the unit that is named, whatever its size', () => {
    expect(read('1706693415', { format: 's' })).toBe(TIME);
    expect(read('1706693415', { format: 'ms' })).toBe('1970-01-20T18:04:53.415Z');
    expect(read('1706693415000', { format: 'us' })).toBe('1970-01-20T18:04:53.415Z');
    expect(read('12', { format: 'us' })).toBe('1970-01-01T00:00:00.000Z');
    expect(read('20240131', { format: 's' })).toBe('1970-08-23T06:15:31.000Z');
    // Twelve digits that could be a date to the minute are one, unless the unit is named.
    expect(read('202401310930')).toBe('2024-01-31T09:30:00.000Z');
    expect(read('202401310930', { format: 'ms' })).toBe('1976-05-31T14:35:10.930Z');
  });

  test.each([
    ['8640000000000001', 'ms'],
    ['-8640000000000001', 'ms'],
    ['8640000000001', 's'],
    ['1706693415x', 's'],
    ['x1706693415', 's'],
    ['1706693415.', 's'],
    ['2024-01-31', 's'],
    ['', 'ms'],
  ] as const)('%s in %s is no time', (text, format) => expect(read(text, { format })).toBeUndefined());

  test('may be the first and the last instant there is', () => {
    expect(read('8640000000000000', { format: 'ms' })).toBe('+275760-09-13T00:00:00.000Z');
    expect(read('-8640000000000000', { format: 'ms' })).toBe('-271821-04-20T00:00:00.000Z');
  });
});

describe('a stamp without a zone', () => {
  test.each([
    ['2024-01-31 09:30', '2024-01-31T14:30:00.000Z'],
    ['2024-07-31 09:30', '2024-07-31T13:30:00.000Z'],
    ['2024-03-10 01:59:59', '2024-03-10T06:59:59.000Z'],
    ['2024-03-10 03:00', '2024-03-10T07:00:00.000Z'],
    ['20240731093000', '2024-07-31T13:30:00.000Z'],
    ['2024-07-31', '2024-07-31T04:00:00.000Z'],
  ])('is on the clock that is assumed: %s is %s', (text, instant) => expect(read(text, NEW_YORK)).toBe(instant));

  test('is told of; one with a zone, or a number, assumes nothing', () => {
    const reader = createStampReader(NEW_YORK);
    for (const text of ['2024-01-31T09:30:00Z', '2024-01-31T09:30:00+01:00', '1706693415', 'junk']) reader.read(text);
    expect(reader.sawNaive).toBe(false);
    expect(reader.read('2024-01-31T09:30:00-05:00')).toBe(Date.UTC(2024, 0, 31, 14, 30));
    reader.read('2024-01-31T09:30:00');
    expect(reader.sawNaive).toBe(true);
  });

  test('is a session’s date where it is a midnight and dates are meant, in any zone', () => {
    const reader = createStampReader(SESSION_DATES);
    for (const text of ['2024-07-31', '2024-07-31 00:00:00', '2024-07-31T00:00:00-04:00', '20240731'])
      expect(reader.read(text)).toBe(Date.UTC(2024, 6, 31));
    expect(reader.sawNaive).toBe(false);
    expect(reader.read('2024-07-31 09:30')).toBe(Date.UTC(2024, 6, 31, 13, 30));
    expect(reader.sawNaive).toBe(true);
    expect(reader.read('2024-07-31T09:30:00-04:00')).toBe(Date.UTC(2024, 6, 31, 13, 30));
  });

  test('as a number of the wall’s clock is placed by the same rules', () => {
    const wall = Date.UTC(2024, 6, 31, 9, 30, 12, 345);
    const reader = createStampReader(NEW_YORK);
    expect(reader.place(wall)).toBe(wall + 4 * 3_600_000);
    expect(reader.place(wall + 60_000)).toBe(wall + 4 * 3_600_000 + 60_000);
    expect(reader.sawNaive).toBe(true);
    expect(createStampReader(SESSION_DATES).place(Date.UTC(2024, 6, 31))).toBe(Date.UTC(2024, 6, 31));
    expect(createStampReader(PLAIN).place(wall)).toBe(wall);
  });
});
