import { expect, it } from '@jest/globals';
import { Width } from '../../../src/operations/populate/width.js';

it('begins at what the machine bears, and never above what the provider allows', () => {
  expect(new Width(8, 4).now).toBe(4);
  expect(new Width(2, 4).now).toBe(2);
  expect(new Width(3, 0).now).toBe(1);
});

it('grows by one with each success and halves with each failure, never to nothing', () => {
  const width = new Width(6, 4);
  for (let i = 0; i < 5; i++) width.widen();
  expect(width.now).toBe(6);
  const seen = Array.from({ length: 4 }, () => {
    width.narrow();
    return width.now;
  });
  expect(seen).toEqual([3, 1, 1, 1]);
  width.widen();
  expect(width.now).toBe(2);
});
