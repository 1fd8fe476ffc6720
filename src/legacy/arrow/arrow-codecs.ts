import { CompressionType, compressionRegistry } from 'apache-arrow';
import { decodeLz4Frame } from '../packing/lz4-frame.js';
import { decodeZstd } from '../packing/zstd.js';

/** Teaches apache-arrow to read packed files; it has the format and no codec of its own. */
export function registerCodecs(): void {
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decodeLz4Frame });
  compressionRegistry.set(CompressionType.ZSTD, {
    decode(packed) {
      const bytes = decodeZstd(packed);
      // The decoder may hand out a view at an odd offset, and a column must begin where its numbers can be read.
      return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    },
  });
}
