import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearestNames } from '../../src/market/nearest.js';

describe('how far two words are apart', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abc', 0],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['ab', 'abc', 1],
    ['ab', 'ba', 1],
    ['xab', 'xba', 1],
    ['abcd', 'badc', 2],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['binance', 'bianance', 1],
    ['yahoo', 'ayhoo', 1],
    ['aabb', 'bbaa', 3],
  ])('%j and %j: %d', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  test('is the same both ways, and no more than the longer has letters', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe('names like a mistyped one', () => {
  const KNOWN = ['binance', 'yahoo', 'deriv', 'coingecko', 'alpha-vantage'];
  test.each([
    ['binanse', ['binance']],
    ['BINANCE', ['binance']],
    ['yaho', ['yahoo']],
    ['drive', ['deriv']],
    ['kraken', []],
    ['', []],
  ])('%j: %j', (typed, expected) => expect(nearestNames(typed, KNOWN)).toEqual(expected));

  test('come best first, equals by name, and no more than are asked for', () => {
    const known = ['abcx', 'abcd', 'ABC', 'abxy', 'abc1'];
    expect(nearestNames('abc', known)).toEqual(['ABC', 'abc1', 'abcd']);
    expect(nearestNames('abc', known, 5)).toEqual(['ABC', 'abc1', 'abcd', 'abcx', 'abxy']);
    expect(nearestNames('abc', known, 1)).toEqual(['ABC']);
  });

  test('may differ in half their letters, and short ones in one', () => {
    expect(nearestNames('abcdef', ['abcxyz', 'abwxyz'])).toEqual(['abcxyz']);
    expect(nearestNames('abc', ['abcdef', 'abcdefg'])).toEqual(['abcdef']);
    expect(nearestNames('a', ['b', 'bc'])).toEqual(['b']);
    expect(nearestNames('ab', ['c', 'xb'])).toEqual(['xb']);
  });
});
