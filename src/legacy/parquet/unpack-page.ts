import { brotliDecompressSync, unzipSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { decodeZstd } from '../packing/zstd.js';

/** A part of a page as it was before it was packed; throws where it is not as long as the page says. */
export function unpackPage(packed: Uint8Array, codec: CompressionCodec, length: number): Uint8Array {
  const bytes = length === 0 ? packed.subarray(0, 0) : unpack(packed, codec, length);
  if (bytes.length !== length) throw new Error('a page is not as long as it says');
  return bytes;
}

/** Never into more room than that. */
function unpack(packed: Uint8Array, codec: CompressionCodec, length: number): Uint8Array {
  if (codec === 'UNCOMPRESSED') return packed;
  if (codec === 'GZIP') return unzipSync(packed, { maxOutputLength: length });
  if (codec === 'BROTLI') return brotliDecompressSync(packed, { maxOutputLength: length });
  if (codec === 'ZSTD') return decodeZstd(packed, length);
  const decompress = compressors[codec];
  if (decompress === undefined) throw new Error(`its pages are packed with ${codec}, which is not read`);
  return decompress(packed, length);
}
