import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchGlob } from '../../../src/sources/route/match-glob.js';

/** Slow and obvious: an asterisk stands for every beginning there is. */
function model(pattern: string, name: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return name === '';
  if (first !== '*') return name.startsWith(first) && model(rest.join(''), name.slice(1));
  return Array.from({ length: name.length + 1 }, (_, i) => name.slice(i)).some((tail) => model(rest.join(''), tail));
}

it('is what the asterisks say', () => {
  const letters = (most: number) => fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: most });
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(fc.property(letters(7), names, (pattern, name) => matchGlob(pattern, name) === model(pattern, name)));
});

it('takes no longer for a pattern that is meant to take long', () => {
  const begun = performance.now();
  expect(matchGlob(`${'*a'.repeat(30)}b`, 'a'.repeat(5000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(200);
});
