import { describe, expect, test } from '@jest/globals';
import { sessionsBetween } from './sessions-of.js';

const weeks = (start: string, end: string, id = 'fx'): string[] =>
  sessionsBetween(id, start, end).map(({ open, close }) =>
    [open, close].map((at) => new Date(at).toISOString().slice(0, 16)).join(' '),
  );

describe('the weeks of currencies', () => {
  test('begin and end an hour earlier by UTC when New York has summer time', () => {
    expect(weeks('2025-02-28T22:00Z', '2025-03-16T21:00Z')).toEqual([
      '2025-03-02T22:00 2025-03-07T22:00',
      '2025-03-09T21:00 2025-03-14T21:00',
    ]);
    expect(weeks('2025-10-26T20:00Z', '2025-11-09T22:00Z')).toEqual([
      '2025-10-26T21:00 2025-10-31T21:00',
      '2025-11-02T22:00 2025-11-07T22:00',
    ]);
  });

  test('and by the dates of earlier laws', () => {
    expect(weeks('2006-03-27', '2006-04-07T20:00Z')).toEqual([
      '2006-03-26T22:00 2006-03-31T22:00',
      '2006-04-02T21:00 2006-04-07T21:00',
    ]);
  });

  test('are half-open: a range that ends as one opens, or begins as one closes, has nothing of it', () => {
    expect(weeks('2025-03-07T22:00Z', '2025-03-09T21:00Z')).toEqual([]);
    expect(weeks('2025-03-07T21:59:59.999Z', '2025-03-09T21:00:00.001Z')).toHaveLength(2);
  });

  test('go on over Christmas, unless the feed is said to rest', () => {
    expect(weeks('2024-12-23', '2024-12-27')).toEqual(['2024-12-22T22:00 2024-12-27T22:00']);
    expect(weeks('2024-12-23', '2025-01-03', 'fx-holidays')).toEqual([
      '2024-12-22T22:00 2024-12-24T22:00',
      '2024-12-25T22:00 2024-12-27T22:00',
      '2024-12-29T22:00 2024-12-31T22:00',
      '2025-01-01T22:00 2025-01-03T22:00',
    ]);
  });

  test('lose their first day to a holiday on Monday, and their last to one on Friday', () => {
    expect(weeks('2023-12-24', '2024-01-05', 'fx-holidays')).toEqual([
      '2023-12-25T22:00 2023-12-29T22:00',
      '2024-01-01T22:00 2024-01-05T22:00',
    ]);
    expect(weeks('2020-12-21', '2021-01-02', 'fx-holidays')).toEqual([
      '2020-12-20T22:00 2020-12-24T22:00',
      '2020-12-27T22:00 2020-12-31T22:00',
    ]);
  });

  test('are whole where the holiday falls on a weekend', () => {
    expect(weeks('2021-12-20', '2022-01-07', 'fx-holidays')).toEqual(weeks('2021-12-20', '2022-01-07'));
  });
});
