import { xxh32 } from './xxh32.js';

/**
 * LZ4 frames, as Arrow files hold them. Written here because lz4js misreads frames with block checksums (polars writes
 * them) without a word, and looks at no checksum and no bound: bytes it cannot read become other numbers.
 */

const MAGIC = 0x184d2204;
const STORED = 0x8000_0000;
const BLOCK_SIZES: Readonly<Record<number, number>> = { 4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22 };
const MIN_MATCH = 4;
/** At the very best a byte stands for so many. */
const BEST_RATIO = 255;

/** The frame's content; throws where a byte of it is not as it was written. */
export function decodeLz4Frame(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { flags, most, size, start } = readHeader(bytes, view);
  let out = new Uint8Array(size ?? 0);
  let filled = 0;
  let at = start;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const length = word & ~STORED;
    const block = bytes.subarray(at, at + length);
    if (block.length < length || length > most) throw damaged('a block is cut short');
    at += length;
    if (flags.blockChecksum) {
      if (view.getUint32(at, true) !== xxh32(block)) throw damaged('a block has another checksum');
      at += 4;
    }
    const room = filled + Math.min(most, BEST_RATIO * length);
    // Arrow's writers say no size: room is made a block ahead.
    if (size === undefined && out.length < room) out = grow(out, filled === 0 ? room : Math.max(room, 2 * filled));
    if ((word & STORED) === 0) filled = decodeBlock(block, out, filled);
    else if (filled + length > out.length) throw damaged('it holds more than it says');
    else {
      out.set(block, filled);
      filled += length;
    }
  }
  const content = out.subarray(0, filled);
  if (size !== undefined && size !== filled) throw damaged('it holds less than it says');
  if (flags.contentChecksum && view.getUint32(at, true) !== xxh32(content)) throw damaged('its checksum is another');
  return content;
}

function readHeader(bytes: Uint8Array, view: DataView) {
  if (bytes.length < 11 || view.getUint32(0, true) !== MAGIC) throw damaged('it does not begin as one');
  const flag = bytes[4] as number;
  const most = BLOCK_SIZES[((bytes[5] as number) >> 4) & 7];
  if (flag >> 6 !== 1 || most === undefined) throw damaged('its header is of another version');
  if ((flag & 1) !== 0) throw damaged('it needs a dictionary that is not here');
  const sized = (flag & 8) !== 0;
  const end = 6 + (sized ? 8 : 0);
  if (((xxh32(bytes.subarray(4, end)) >>> 8) & 0xff) !== bytes[end]) throw damaged('its header has another checksum');
  const size = sized ? Number(view.getBigUint64(6, true)) : undefined;
  if (size !== undefined && size > BEST_RATIO * bytes.length) throw damaged('it says an impossible size');
  const flags = { blockChecksum: (flag & 16) !== 0, contentChecksum: (flag & 4) !== 0 };
  return { flags, most, size, start: end + 1 };
}

/** Appends a block's content at `to`; a match may reach back into the blocks before it. */
function decodeBlock(block: Uint8Array, out: Uint8Array, to: number): number {
  let at = 0;
  while (at < block.length) {
    const token = block[at++] as number;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = readLength(block, at, literals);
    if (at + literals > block.length || to + literals > out.length) throw damaged('a literal leads out of it');
    if (literals > 32) out.set(block.subarray(at, at + literals), to);
    else for (let i = 0; i < literals; i++) out[to + i] = block[at + i] as number;
    at += literals;
    to += literals;
    if (at === block.length) return to;
    const offset = (block[at] as number) | ((block[at + 1] as number) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) [length, at] = readLength(block, at, length);
    length += MIN_MATCH;
    const from = to - offset;
    if (offset === 0 || from < 0 || at > block.length || to + length > out.length)
      throw damaged('a match leads out of it');
    // Overlapping ones repeat what they have just written, so they go byte by byte.
    if (offset >= length && length > 32) out.copyWithin(to, from, from + length);
    else for (let i = 0; i < length; i++) out[to + i] = out[from + i] as number;
    to += length;
  }
  return to;
}

function readLength(block: Uint8Array, at: number, length: number): [number, number] {
  for (;;) {
    const more = block[at++];
    if (more === undefined) throw damaged('a length leads out of it');
    length += more;
    if (more < 255) return [length, at];
  }
}

function grow(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

function damaged(what: string): Error {
  return new Error(`a part packed with LZ4 is damaged: ${what}`);
}
