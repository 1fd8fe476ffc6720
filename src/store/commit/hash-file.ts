import { createHash } from 'node:crypto';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { readSpan } from '../files/whole-file.js';

const STEP = 1 << 20;

/** The sha256 of a file of any size in a megabyte of memory. */
export async function hashFile(files: FilePort, target: string): Promise<string> {
  const file = await files.open(target, 'read');
  try {
    return await hashOpen(file);
  } finally {
    await file.close();
  }
}

export async function hashOpen(file: OpenFile): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; ; at += STEP) {
    const part = await readSpan(file, at, STEP);
    hash.update(part);
    if (part.length < STEP) return hash.digest('hex');
  }
}
