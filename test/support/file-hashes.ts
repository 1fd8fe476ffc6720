import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listTree } from './temp-folder.js';

/** Every data file of a cache by the hash of its bytes. */
export function hashYears(cache: string): Record<string, string> {
  const names = listTree(cache).filter((name) => /^[^_][^/]*\/[^/]+\/\d{4}\.csv\.gz$/.test(name));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(cache, name)))
        .digest('hex'),
    ]),
  );
}
