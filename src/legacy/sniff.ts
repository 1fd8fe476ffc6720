import type { Magic } from './reader.js';

const MAGICS: readonly (readonly [Magic, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
  ['parquet', [...Buffer.from('PAR1')]],
  ['arrow', [...Buffer.from('ARROW1')]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['sqlite', [...Buffer.from('SQLite format 3\0')]],
];

/** What a file is by its first bytes; names lie too often to be asked. */
export function sniff(bytes: Uint8Array): Magic {
  if (bytes.length === 0) return 'empty';
  const known = MAGICS.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known[0];
  const text = decodeText(bytes);
  if (text === undefined) return 'binary';
  return /^\s*[[{]/.test(text) ? 'json' : 'text';
}

/** The bytes as UTF-8, cut in the middle of a letter or not; undefined where they are something else. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
