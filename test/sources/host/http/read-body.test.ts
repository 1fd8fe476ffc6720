import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createErrors } from '../../../../src/sources/host/host-error.js';
import { type BodyLimits, readBody } from '../../../../src/sources/host/http/read-body.js';
import { readText } from '../../../../src/sources/host/http/read-text.js';

const error = createErrors('tiny', 'Tiny', (text) => text);
const MIB = 1024 * 1024;
const LIMITS: BodyLimits = { wire: 4 * MIB, decoded: 4 * MIB, ratio: 200, idleMs: 100 };

function read(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
  limits: Partial<BodyLimits> = {},
) {
  const seen = { discarded: 0, paced: 0 };
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* body;
  }
  const reply = { status: 200, headers, body: stream(), discard: () => void seen.discarded++ };
  const pace = (bytes: number): undefined => {
    seen.paced += bytes;
  };
  return { body: readBody(reply, { ...LIMITS, ...limits }, { error, pace, host: 'tiny.example' }), seen };
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a body', () => {
  const plain = Buffer.from('true bars '.repeat(1000));
  it.each([
    ['as it is', undefined, plain],
    ['identity', 'identity', plain],
    ['gzip', 'gzip', gzipSync(plain)],
    ['GZIP in capitals', ' GZIP ', gzipSync(plain)],
    ['deflate', 'deflate', deflateSync(plain)],
    ['brotli', 'br', brotliCompressSync(plain)],
  ])('%s comes out whole, with its hash and the bytes it took', async (_, encoding, bytes) => {
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7)];
    const { body, seen } = read(pieces, encoding === undefined ? {} : { 'content-encoding': encoding });
    expect((await whole(body.chunks)).equals(plain)).toBe(true);
    expect(body.sha256()).toBe(createHash('sha256').update(plain).digest('hex'));
    expect([body.wireBytes(), seen.paced]).toEqual([bytes.length, bytes.length]);
    expect(seen.discarded).toBe(1);
  });

  it.each([
    ['longer than the wire may bring', {}, { wire: 100 }],
    ['longer once inflated', {}, { decoded: 100 }],
    ['longer by what it states', { 'content-length': '99999999999' }, {}],
  ])('%s is MALFORMED', async (_, headers, limits) => {
    const { body, seen } = read([plain], headers, limits);
    await expect(whole(body.chunks)).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(seen.discarded).toBe(1);
  });

  it('that inflates too much for what it weighs is MALFORMED before it is too large', async () => {
    const { body } = read([gzipSync(Buffer.alloc(3 * MIB))], { 'content-encoding': 'gzip' });
    await expect(whole(body.chunks)).rejects.toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('inflates'),
    });
  });

  it('that stops is UNAVAILABLE when it has been idle for too long', async () => {
    async function* stops(): AsyncGenerator<Uint8Array> {
      yield plain;
      await new Promise((resolve) => setTimeout(resolve, 5000).unref());
    }
    const begun = performance.now();
    await expect(whole(read(stops()).body.chunks)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('that comes a byte now and then, and so is never idle, is UNAVAILABLE all the same', async () => {
    async function* drips(): AsyncGenerator<Uint8Array> {
      for (;;) {
        await wait(20);
        yield Buffer.from('x');
      }
    }
    const begun = performance.now();
    await expect(whole(read(drips()).body.chunks)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('is not blamed for a reader who takes his time', async () => {
    const { body } = read(Array.from({ length: 8 }, () => Buffer.from('x')));
    let bytes = 0;
    for await (const chunk of body.chunks) {
      bytes += chunk.length;
      await wait(30);
    }
    expect(bytes).toBe(8);
  });

  it('that its reader leaves is given up', async () => {
    const { body, seen } = read([plain, plain]);
    for await (const _ of body.chunks) break;
    expect(seen.discarded).toBe(1);
  });
});

describe('text', () => {
  const textOf = (...pieces: Uint8Array[]) =>
    readText(
      (async function* () {
        yield* pieces;
      })(),
      'tiny.example',
      error,
    );

  it('may be cut anywhere between its bytes', async () => {
    const bytes = Buffer.from('a€𝄞é');
    for (let at = 0; at <= bytes.length; at++)
      expect(await textOf(bytes.subarray(0, at), bytes.subarray(at))).toBe('a€𝄞é');
  });

  it('that is no UTF-8, or ends within a character, is MALFORMED', async () => {
    const bytes = Buffer.from('a€');
    for (const pieces of [
      [Buffer.from([0xff])],
      [bytes.subarray(0, 3)],
      [Buffer.from([0xc0, 0x80])],
      [Buffer.from('x', 'utf16le'), Buffer.from([0xed, 0xa0, 0x80])],
    ]) {
      await expect(textOf(...pieces)).rejects.toMatchObject({ code: 'MALFORMED' });
    }
  });
});
