import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { describeGzipFault } from '../packing/describe-gzip-fault.js';
import { LegacyError } from '../reader.js';
import type { SourceFile, SourceTree } from '../source-tree.js';

const PIECE = 256 * 1024;

/** A file's text, piece by piece, unpacked where its bytes (not its name) are gzip; a cut or damaged gzip throws at its damage. */
export async function* openText(tree: SourceTree, path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await tree.open(path);
  try {
    const [first, second] = await file.read(0, 2);
    const raw = readPieces(file, signal);
    if (first === 0x1f && second === 0x8b) yield* unpack(raw);
    else yield* raw;
  } finally {
    await file.close();
  }
}

export async function* readPieces(
  file: SourceFile,
  signal?: AbortSignal,
  from = 0,
  to = file.bytes,
): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    signal?.throwIfAborted();
    const piece = await file.read(at, Math.min(PIECE, to - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

async function* unpack(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: PIECE });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) yield piece as Uint8Array;
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('Z_')) throw error;
    throw new LegacyError('UNREADABLE', describeGzipFault(error as Error));
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
