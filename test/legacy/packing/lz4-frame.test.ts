import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compress } from 'lz4js';
import { decodeLz4Frame } from '../../../src/legacy/packing/lz4-frame.js';
import { xxh32 } from '../../../src/legacy/packing/xxh32.js';

test('xxh32 as its authors state it', () => {
  expect(xxh32(Buffer.from(''))).toBe(0x02cc5d05);
  expect(xxh32(Buffer.from('abc'))).toBe(0x32d153ff);
  expect(xxh32(Buffer.from('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
});

test('whatever was packed comes back', () => {
  const repetitive = fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(200)), { maxLength: 40 });
  fc.assert(
    fc.property(repetitive, (parts) => {
      const bytes = Buffer.concat(parts.flatMap(([part, times]) => Array.from({ length: times }, () => part)));
      expect(Buffer.compare(decodeLz4Frame(compress(bytes)), bytes)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('stored blocks, sizes, checksums, and blocks that reach back into the one before', () => {
  const word = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
  const header = (flags: number, size?: number): number[] => {
    const fields = [flags, 0x40, ...(size === undefined ? [] : [...word(size), ...word(0)])];
    return [4, 0x22, 0x4d, 0x18, ...fields, (xxh32(Uint8Array.from(fields)) >>> 8) & 0xff];
  };
  const stored = [...word(0x8000_0004), 1, 2, 3, 4];
  // No literals, a match of 6 from 4 back, then one literal.
  const linked = [...word(5), 0x02, 4, 0, 0x10, 9];
  const content = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 9];
  const frame = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat());
  expect([...decodeLz4Frame(frame(header(0x40), stored, linked, word(0)))]).toEqual(content);
  expect([...decodeLz4Frame(frame(header(0x48, 11), stored, linked, word(0)))]).toEqual(content);
  const sum = word(xxh32(Uint8Array.from(content)));
  expect([...decodeLz4Frame(frame(header(0x44), stored, linked, word(0), sum))]).toEqual(content);
  expect(() => decodeLz4Frame(frame(header(0x44), stored, word(0), sum))).toThrow('checksum');
  expect(() => decodeLz4Frame(frame(header(0x48, 12), stored, linked, word(0)))).toThrow('less than it says');
  expect(() => decodeLz4Frame(frame(header(0x48, 9), stored, linked, word(0)))).toThrow('leads out of it');
  expect(() => decodeLz4Frame(frame(header(0x40), linked, word(0)))).toThrow('leads out of it');
});

test('bytes that were changed are an error or other bytes, never a hang or a crash of another kind', () => {
  const packed = compress(Buffer.from('the quick brown fox jumps over the lazy dog '.repeat(50)));
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, byte) => {
      const changed = packed.slice();
      changed[at] = byte;
      try {
        decodeLz4Frame(changed);
      } catch (error) {
        expect(String(error)).toMatch(/damaged|RangeError: Offset is outside/);
      }
    }),
    { numRuns: 500 },
  );
});
