import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crc32, crc32ByTable } from '../src/crc32.js';

it('has the same sum by table as by Node, in pieces as in one', () => {
  expect(crc32ByTable(Buffer.from('123456789'), 0)).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (head, tail) => {
      expect(crc32ByTable(tail, crc32ByTable(head, 0))).toBe(crc32(Buffer.concat([head, tail]), 0));
    }),
  );
});
