import { expect, it } from '@jest/globals';
import { reachOf } from '../../../src/operations/fill/reach-of.js';

const DAY = 86_400_000;
const at = (text: string): number => Date.parse(text);
const reach = (timeframe: '1h' | '4h' | '1mo', given?: { age: number } | { since: number }) =>
  reachOf(
    { timeframe: { timeframe, barsPerRequest: 1, ...(given === undefined ? {} : { reach: given }) } },
    at('2025-01-31'),
  );

it('a source that reaches back for so long may not have the bar that its edge cuts, or begins with', () => {
  expect(reach('4h', { age: 30 * DAY })).toBe(at('2025-01-01T04:00Z'));
  expect(reach('4h', { age: 30 * DAY - 1000 })).toBe(at('2025-01-01T04:00Z'));
  expect(reach('1mo', { age: 30 * DAY })).toBe(at('2025-02-01'));
});

it('one that reaches back to a date has what opens then', () => {
  expect(reach('1h', { since: at('2020-01-01') })).toBe(at('2020-01-01'));
  expect(reach('1h')).toBe(Number.NEGATIVE_INFINITY);
});
