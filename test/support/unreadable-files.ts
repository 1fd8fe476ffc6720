import type { FilePort } from '../../src/store/files/file-port.js';
import { nodeFiles } from '../../src/store/files/node-files.js';

/** The real disk, where one path cannot be read: tests may run as root, whom no file's mode keeps out. */
export function unreadableFiles(refused: string, code: string): FilePort {
  const refuse = (target: string): void => {
    if (target === refused) throw Object.assign(new Error(`${code}: injected`), { code, path: target });
  };
  return {
    ...nodeFiles,
    async open(path, mode) {
      if (code !== 'EIO' || mode !== 'read') {
        refuse(path);
        return nodeFiles.open(path, mode);
      }
      // A disk that fails opens the file, and then cannot read it; the error names no path, as Node's own.
      const file = await nodeFiles.open(path, mode);
      const read = (into: Uint8Array, position: number): Promise<number> =>
        path === refused
          ? Promise.reject(Object.assign(new Error('EIO: injected'), { code }))
          : file.read(into, position);
      return { ...file, read };
    },
    async readWhole(path) {
      refuse(path);
      return nodeFiles.readWhole(path);
    },
    async list(folder) {
      refuse(folder);
      return nodeFiles.list(folder);
    },
  };
}
