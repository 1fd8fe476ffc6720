import { createHash, webcrypto } from 'node:crypto';
import { constants, gunzip, gzip } from 'node:zlib';

/** Level 6 costs 2.7 times the time for 3 % of the bytes. */
const LEVEL = 4;
/** Deflate cannot do better than about 1032 to 1: a trailer that claims more lies, and must not size a buffer. */
const MOST_RATIO = 1032;
const LARGEST_TEXT = 1 << 30;
const OS_BYTE = 9;
const UNIX = 3;

/** One gzip member, the same bytes for the same text wherever it runs: no time stamp, a fixed origin. */
export function deflateMember(text: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    gzip(text, { level: LEVEL, chunkSize: Math.max(1024, text.length >>> 1) }, (error, member) => {
      if (error) return reject(error);
      member[OS_BYTE] = UNIX;
      resolve(member);
    });
  });
}

/** Inflates in libuv's pool, in one piece: the member's own trailer says how large the text is. */
export function inflateMember(member: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const claimed = new DataView(member.buffer, member.byteOffset + member.length - 4, 4).getUint32(0, true);
    const size = Math.min(claimed, member.length * MOST_RATIO, LARGEST_TEXT);
    const options = {
      chunkSize: Math.max(64, size + 1),
      maxOutputLength: LARGEST_TEXT,
      finishFlush: constants.Z_FINISH,
    };
    gunzip(member, options, (error, text) => (error ? reject(error) : resolve(text)));
  });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same, in libuv's pool, so that the main thread may parse meanwhile. */
export async function sha256Aside(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
