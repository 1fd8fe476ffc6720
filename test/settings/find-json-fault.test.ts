import { describe, expect, it } from '@jest/globals';
import { findJsonFault } from '../../src/settings/find-json-fault.js';

describe('findJsonFault', () => {
  it.each([
    ['{"a": 1,}', 8],
    ['{"a": 1 "b": 2}', 8],
    ['{"a": }', 6],
    ["{'a': 1}", 1],
    ['{"a": [1, 2}', 11],
    ['{"a": 1', 7],
    ['{"a": 01}', 6],
    ['{"a": tru}', 6],
    ['{"a": "x\ny"}', 6],
    ['{} x', 3],
    ['', 0],
  ])('finds where %j stops being JSON', (text, at) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(findJsonFault(text)).toBe(at);
  });

  it('finds no fault in what is JSON', () => {
    const text = JSON.stringify({ a: [1, -2.5e-7, 'x"\\\u2028', null, true, { b: [] }, {}], '': '' }, null, 2);
    expect(findJsonFault(text)).toBe(text.length);
  });
});
