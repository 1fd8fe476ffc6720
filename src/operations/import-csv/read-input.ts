import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AlmanacError } from '../../market/almanac-error.js';

export interface TextInput {
  /** The first piece, for looking at, and everything, for reading: `head` is part of `text`. */
  readonly head: string;
  readonly text: AsyncIterable<string>;
  /** Of the bytes as they lie in the file; complete once `text` has been read. */
  readonly hash: Hash;
}

const HEAD = 64 * 1024;

/** Bytes as text: gzip is recognised by content, whatever the name; UTF-16 by its mark; a byte order mark is dropped. */
export async function readInput(bytes: AsyncIterable<Uint8Array>): Promise<TextInput> {
  const hash = createHash('sha256');
  const pieces = decode(await inflate(hashed(bytes, hash)));
  const kept: string[] = [];
  let length = 0;
  while (length < HEAD) {
    const next = await pieces.next();
    if (next.done) break;
    kept.push(next.value);
    length += next.value.length;
  }
  return { head: kept.join(''), text: chain(kept, pieces), hash };
}

async function* chain(kept: readonly string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* kept;
  yield* rest;
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function inflate(bytes: AsyncGenerator<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const first = await bytes.next();
  const whole = async function* () {
    if (!first.done) yield first.value;
    yield* bytes;
  };
  const gzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  return gzip ? unzip(whole()) : whole();
}

async function* unzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('Z_')) throw error;
    throw new AlmanacError('FILE_UNREADABLE', 'the gzip data is cut off or damaged', { cause: error });
  }
}

async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  return first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8';
}
