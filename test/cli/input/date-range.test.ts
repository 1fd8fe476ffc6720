import { describe, expect, it } from '@jest/globals';
import { readDateRange, readEnd, readStart } from '../../../src/cli/input/date-range.js';

describe('dates', () => {
  it('takes a day through its end and an instant as it is', () => {
    expect(readEnd('2024-01-31')).toBe(Date.UTC(2024, 1, 1));
    expect(readEnd('2024-01-31T12:00:00Z')).toBe(Date.UTC(2024, 0, 31, 12));
    expect(readStart('2024-01-31')).toBe(Date.UTC(2024, 0, 31));
    expect(readStart('2024-01-31 12:00')).toBe(Date.UTC(2024, 0, 31, 12));
    expect(readStart('2024-01-31T12:00:00+0100')).toBe(Date.UTC(2024, 0, 31, 11));
  });

  it.each(['2024-02-30', '2023-02-29T00:00Z', '2024', 'today', '', '31.1.2024', '2024-01-31T25:00Z'])(
    'refuses %j with an example',
    (text) => {
      expect(() => readStart(text)).toThrow(
        expect.objectContaining({ code: 'DATE_INVALID', message: expect.stringContaining('2024-01-31') }),
      );
    },
  );

  it('refuses a range that is the wrong way round', () => {
    expect(readDateRange({ 'start-date': '2024-01-31', 'end-date': '2024-01-31' })).toEqual({
      start: Date.UTC(2024, 0, 31),
      end: Date.UTC(2024, 1, 1),
    });
    expect(() => readDateRange({ 'start-date': '2024-02-01', 'end-date': '2024-01-31' })).toThrow(/not before/);
    expect(readDateRange({})).toEqual({});
  });
});
