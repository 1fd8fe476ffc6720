import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { AlmanacError } from '../../market/almanac-error.js';

const BLOCK = 512;
const LARGEST = 256 * 1024 * 1024;

/** As npm's lock writes it. */
export function measureIntegrity(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/**
 * The package.json of a packed package, without unpacking anything. npm drops the first folder of every path, whatever
 * its name, and of two entries of one name the last one wins: so here.
 */
export function readPackageJson(bytes: Uint8Array, where: string): unknown {
  let found: string | undefined;
  try {
    for (const { path, content } of readEntries(gunzipSync(bytes, { maxOutputLength: LARGEST })))
      if (/^(\.\/)?[^/]+\/+(\.\/)?package\.json$/.test(path)) found = content.toString('utf8');
    if (found !== undefined) return JSON.parse(found);
  } catch (error) {
    throw new AlmanacError('FILE_UNREADABLE', `${where} is not a sound packed package`, { cause: error });
  }
  throw new AlmanacError('FILE_UNREADABLE', `${where} holds no package.json: npm pack makes one that does`);
}

function* readEntries(tar: Buffer): Generator<{ readonly path: string; readonly content: Buffer }> {
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) return;
    const size = Number.parseInt(readText(header, 124, 12).trim() || '0', 8);
    if (!Number.isInteger(size) || size < 0) throw new Error('a size that is none');
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = String.fromCharCode(header[156] as number);
    if (kind === 'x') longPath = /\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1];
    else if (kind === 'L') longPath = readText(content, 0, size);
    else {
      const prefix = readText(header, 345, 155);
      const short = `${prefix === '' ? '' : `${prefix}/`}${readText(header, 0, 100)}`;
      if (kind === '0' || kind === '\0') yield { path: longPath ?? short, content };
      longPath = undefined;
    }
  }
}

function readText(bytes: Buffer, start: number, length: number): string {
  const [text = ''] = bytes.toString('utf8', start, start + length).split('\0', 1);
  return text;
}
