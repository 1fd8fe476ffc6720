import path from 'node:path';
import type { SourceTree } from '../../legacy/source-tree.js';
import type { FilePort } from '../../store/files/file-port.js';
import { readSpan } from '../../store/files/whole-file.js';
import { readOnlyFiles } from './read-only-files.js';

export interface TreeOptions {
  readonly files: FilePort;
}

/** A folder of old files, to be read and nothing else. Links are not followed: what they lead to is elsewhere. */
export function openTree(folder: string, options: TreeOptions): SourceTree {
  const files = readOnlyFiles(options.files);
  const root = path.resolve(folder);
  return {
    list: async (below) => files.list(locate(root, below)),
    async open(below) {
      const target = locate(root, below);
      const stat = await files.stat(target);
      if (stat?.kind !== 'file') throw new Error(`${below} is no file`);
      const file = await files.open(target, 'read');
      return {
        bytes: stat.bytes,
        modified: Math.floor(stat.modified),
        read: (offset, length) => readSpan(file, offset, Math.max(0, Math.min(length, stat.bytes - offset))),
        close: () => file.close(),
      };
    },
  };
}

/** A path in the tree as the disk names it; one that leads out of the tree is a mistake of ours. */
function locate(root: string, below: string): string {
  const target = path.join(root, ...below.split('/'));
  const relative = path.relative(root, target);
  // A folder may be called `..DOT`: only `..` itself leads up.
  if (relative.split(path.sep)[0] === '..' || path.isAbsolute(relative))
    throw new Error(`${below} lies outside the folder`);
  return target;
}
