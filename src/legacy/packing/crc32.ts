import * as zlib from 'node:zlib';

const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** Node has its own since 20.15. */
export const crc32: (data: Uint8Array, before: number) => number =
  (zlib as { readonly crc32?: (data: Uint8Array, before: number) => number }).crc32 ?? crc32ByTable;

function crc32ByTable(data: Uint8Array, before: number): number {
  let crc = ~before;
  for (let at = 0; at < data.length; at++) crc = (TABLE[(crc ^ (data[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}
