import { describe, expect, test } from '@jest/globals';
import { instantBefore, parseAge } from '../../src/market/age.js';

test.each([
  ['36h', { count: 36, unit: 'h' }],
  ['90d', { count: 90, unit: 'd' }],
  [' 12 w ', { count: 12, unit: 'w' }],
  ['6mo', { count: 6, unit: 'mo' }],
  ['2y', { count: 2, unit: 'y' }],
  ['99999d', { count: 99999, unit: 'd' }],
])('%j is an age', (text, age) => expect(parseAge(text)).toEqual(age));

test.each(['', 'd', '6m', '6M', '1.5d', '-1d', '100000d', '6 months', 'x6d', '6dx', '6'])('%j is none', (text) =>
  expect(parseAge(text)).toBeUndefined(),
);

describe('the instant so long before', () => {
  test.each([
    ['2024-03-31T10:20:30.400Z', '36h', '2024-03-29T22:20:30.400Z'],
    ['2024-03-31T10:20:30.400Z', '1d', '2024-03-30T10:20:30.400Z'],
    ['2024-03-31T10:20:30.400Z', '2w', '2024-03-17T10:20:30.400Z'],
    ['2024-03-31T10:20:30.400Z', '1mo', '2024-02-29T10:20:30.400Z'],
    ['2023-03-31T10:20:30.400Z', '1mo', '2023-02-28T10:20:30.400Z'],
    ['2024-03-15T10:20:30.400Z', '1mo', '2024-02-15T10:20:30.400Z'],
    ['2024-03-31T10:20:30.400Z', '3mo', '2023-12-31T10:20:30.400Z'],
    ['2024-01-31T10:20:30.400Z', '14mo', '2022-11-30T10:20:30.400Z'],
    ['2024-02-29T00:00:00.000Z', '1y', '2023-02-28T00:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', '4y', '2020-02-29T00:00:00.000Z'],
    ['1960-05-31T23:59:59.999Z', '1mo', '1960-04-30T23:59:59.999Z'],
    ['1970-01-01T00:00:00.000Z', '1mo', '1969-12-01T00:00:00.000Z'],
  ])('%s, %s, is %s', (from, text, expected) => {
    const age = parseAge(text);
    expect(age && new Date(instantBefore(Date.parse(from), age)).toISOString()).toBe(expected);
  });
});
