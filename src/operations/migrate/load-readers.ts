import type { LegacyReader } from '../../legacy/reader.js';

/** Every old layout that is known, the most specific first; they bring decoders along, and are loaded when needed. */
export async function loadReaders(): Promise<readonly LegacyReader[]> {
  const { READERS } = await import('../../legacy/readers.js');
  return READERS;
}
