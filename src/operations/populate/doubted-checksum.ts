import type { Checksum } from '../../provider/index.js';

const MARK = 'mismatch:';

/** As provenance holds it: a file that was stored in spite of its checksum is marked for ever, until it is fetched anew. */
export function spellChecksum({ checksum, actual }: Checksum): string {
  return checksum === 'mismatch' ? `${MARK}${actual}` : actual;
}

/** The hash of the file's bytes, marked or not. */
export function bareChecksum(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}
