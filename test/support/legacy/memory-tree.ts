import type { SourceEntry, SourceTree } from '../../../src/legacy/source-tree.js';
import type { OldFile } from './old-file.js';

/** A tree that lies nowhere; `links` are names that are neither file nor folder. */
export function memoryTree(files: readonly OldFile[], links: readonly string[] = []): SourceTree {
  const known = new Map(files.map((file) => [file.path, file]));
  const paths = [...known.keys(), ...links];
  return {
    list: async (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = paths.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
      if (inside.length === 0) return undefined;
      const entries = new Map<string, SourceEntry>();
      for (const each of inside) {
        const [name = '', ...rest] = each.split('/');
        const isLink = links.includes(prefix + each) && rest.length === 0;
        entries.set(name, { name, kind: isLink ? 'other' : rest.length === 0 ? 'file' : 'folder' });
      }
      return [...entries.values()];
    },
    open: async (at) => {
      const file = known.get(at);
      if (file === undefined) throw new Error(`no file ${at}`);
      return {
        bytes: file.bytes.length,
        modified: file.modified ?? Date.UTC(2025, 5, 1),
        read: async (offset, length) => file.bytes.subarray(offset, offset + length),
        close: async () => undefined,
      };
    },
  };
}
