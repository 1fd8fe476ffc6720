import { decompressZstd } from 'hyparquet-compressors';

const MAGIC = 0xfd2fb528;
const MOST_WINDOW = 1 << 27;
const MOST_BLOCK = 1 << 17;
const MOST_CONTENT = 1 << 30;
const REPEATED = 1;

/**
 * The content of a Zstandard frame. Its decoder makes whatever room the frame asks for, and blocks of one repeated
 * byte ask for much, so the frame is walked before; where the content's length is known, it has that room and no more.
 */
export function decodeZstd(packed: Uint8Array, length?: number): Uint8Array {
  const stated = walkFrame(packed);
  if (length === undefined) return decompressZstd(packed);
  if (stated !== undefined && stated !== length) throw damaged('it says another length');
  return decompressZstd(packed, new Uint8Array(length));
}

/** The length it states, if it does. */
function walkFrame(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 9 || view.getUint32(0, true) !== MAGIC) throw damaged('it does not begin as one');
  const flags = bytes[4] as number;
  const single = (flags >> 5) & 1;
  let at = 6 - single + ([0, 1, 2, 4][flags & 3] as number);
  if (single === 0 && windowOf(bytes[5] as number) > MOST_WINDOW) throw damaged('it needs an impossible window');
  const width = flags >> 6 === 0 ? single : 1 << (flags >> 6);
  const stated = width === 0 ? undefined : readLength(view, at, width);
  at += width;
  let content = 0;
  for (let last = false; !last; ) {
    const head = (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) >>> 0;
    const size = head >>> 3;
    const kind = (head >> 1) & 3;
    if (size > MOST_BLOCK) throw damaged('a block is longer than any');
    at += 3 + (kind === REPEATED ? 1 : size);
    if (at > bytes.length) throw damaged('a block is cut short');
    content += kind === 2 ? MOST_BLOCK : size;
    last = (head & 1) === 1;
  }
  if ((stated ?? 0) > content || content > MOST_CONTENT + MOST_BLOCK) throw damaged('it says an impossible length');
  return stated;
}

function windowOf(code: number): number {
  const base = 2 ** (10 + (code >> 3));
  return base + (base / 8) * (code & 7);
}

function readLength(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, true) + 256;
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

function damaged(what: string): Error {
  return new Error(`a part packed with Zstandard is damaged: ${what}`);
}
