import path from 'node:path';
import { hasCode } from '../../market/almanac-error.js';
import type { FilePort } from '../../store/files/file-port.js';
import { hashSource } from './hash-source.js';
import { openTree } from './open-tree.js';

/**
 * Renames a file to where nothing is yet: at every instant it is whole, in one of the two places. To another disk it
 * would have to be copied and the first one deleted, and nothing of a person's is deleted here.
 * Says why it was not moved, or undefined.
 */
export async function moveFile(
  files: FilePort,
  from: string,
  to: string,
  sha256: string | undefined,
): Promise<string | undefined> {
  if ((await files.stat(from))?.kind !== 'file') return 'it is gone';
  if (sha256 !== undefined && sha256 !== (await hashOf(files, from))) return 'it has changed since it was read';
  if ((await files.stat(to)) !== undefined) return `${to} is there already`;
  await files.makeFolder(path.dirname(to));
  try {
    await files.rename(from, to);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    return `${path.dirname(to)} lies on another disk, and files are moved within one only`;
  }
  await files.syncFolder(path.dirname(to));
  await files.syncFolder(path.dirname(from));
  return undefined;
}

async function hashOf(files: FilePort, file: string): Promise<string> {
  const tree = openTree(path.dirname(file), { files });
  return (await hashSource(tree, path.basename(file))).sha256;
}
