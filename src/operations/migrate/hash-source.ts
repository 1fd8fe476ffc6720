import { createHash } from 'node:crypto';
import type { SourceTree } from '../../legacy/source-tree.js';

const STEP = 1 << 20;

export interface SourceFacts {
  readonly bytes: number;
  readonly modified: number;
  readonly sha256: string;
}

/** A file's size, time and hash, a piece at a time. */
export async function hashSource(tree: SourceTree, path: string): Promise<SourceFacts> {
  const file = await tree.open(path);
  try {
    const hash = createHash('sha256');
    for (let at = 0; at < file.bytes; at += STEP) hash.update(await file.read(at, STEP));
    return { bytes: file.bytes, modified: file.modified, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Its size and time alone. */
export async function statSource(tree: SourceTree, path: string): Promise<Omit<SourceFacts, 'sha256'>> {
  const file = await tree.open(path);
  await file.close();
  return { bytes: file.bytes, modified: file.modified };
}
