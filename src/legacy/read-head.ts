import { createGunzip } from 'node:zlib';
import { describeGzipFault } from './packing/describe-gzip-fault.js';
import type { Magic } from './reader.js';
import { decodeText, sniff } from './sniff.js';
import type { SourceFile } from './source-tree.js';

const HEAD = 64 * 1024;

export interface Head {
  readonly magic: Magic;
  readonly text: string;
  /** Why there is no text of what is packed; undefined where that is as it should be, or nobody can say. */
  readonly fault?: string | undefined;
}

/** What a file is, and its beginning as text: unpacked where it is gzip, even where the rest of that is lost. */
export async function readHead(file: SourceFile): Promise<Head> {
  const bytes = await file.read(0, HEAD);
  const magic = sniff(bytes);
  if (magic === 'text' || magic === 'json') return { magic, text: decodeText(bytes) ?? '' };
  if (magic !== 'gzip') return { magic, text: '' };
  const { unpacked, fault } = await unpackBeginning(bytes);
  if (unpacked.length === 0) return { magic, text: '', fault };
  if (sniff(unpacked) === 'gzip')
    return { magic, text: '', fault: 'it is packed twice: unpack it with `gzip -d` once' };
  return { magic, text: decodeText(unpacked) ?? '' };
}

interface Beginning {
  readonly unpacked: Uint8Array;
  readonly fault: string | undefined;
}

/** As much as comes out of it, up to the length of a head: that the input ends in the middle is expected. */
function unpackBeginning(packed: Uint8Array): Promise<Beginning> {
  return new Promise((resolve) => {
    const gunzip = createGunzip({ chunkSize: HEAD });
    const pieces: Uint8Array[] = [];
    let length = 0;
    const finish = (error?: Error | null): void => {
      gunzip.destroy();
      const fault = error ? describeGzipFault(error) : undefined;
      resolve({ unpacked: Buffer.concat(pieces).subarray(0, HEAD), fault });
    };
    gunzip.on('data', (piece: Uint8Array) => {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD) finish();
    });
    gunzip.on('error', finish);
    gunzip.on('end', () => finish());
    // Flushed and never ended: at the end of what is there zlib would call it an error and keep the last rows back.
    gunzip.write(packed);
    gunzip.flush(() => finish());
  });
}
