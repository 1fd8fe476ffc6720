import { createInflateRaw } from 'node:zlib';
import { crc32 } from './crc32.js';
import { ZipError, type ZippedEntry } from './open-zip.js';

const PIECE = 256 * 1024;

/**
 * The entry's bytes, piece by piece, and an error after the last one where their number or their CRC is not what the
 * directory says: only then is it known.
 */
export async function* inflate(entry: ZippedEntry): AsyncGenerator<Uint8Array> {
  let size = 0;
  let crc = 0;
  for await (const piece of entry.deflated ? unpack(entry) : [entry.packed]) {
    size += piece.length;
    if (size > entry.size) throw new ZipError(`it unpacks to more than the ${entry.size} bytes it says`);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size !== entry.size) throw new ZipError(`it unpacks to ${size} bytes and says ${entry.size}`);
  if (crc !== entry.crc32) throw new ZipError('its CRC does not match');
}

/** Unpacks for the proof alone, where no checksum has vouched for the bytes: nothing is given out before it. */
export async function prove(entry: ZippedEntry): Promise<void> {
  for await (const piece of inflate(entry)) void piece;
}

async function* unpack({ packed }: ZippedEntry): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: PIECE });
  stream.end(packed);
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (cause) {
    throw new ZipError((cause as Error).message, { cause });
  }
  if (stream.bytesWritten !== packed.length) throw new ZipError('there are bytes behind the end of its data');
}
