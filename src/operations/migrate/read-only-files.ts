import type { FilePort } from '../../store/files/file-port.js';

/** A disk that can be looked at: whatever would change it throws, so that no mistake reaches somebody's files. */
export function readOnlyFiles(files: FilePort): FilePort {
  const refuse = (what: string) => async (): Promise<never> => {
    throw new Error(`${what}: an old cache is only read`);
  };
  return {
    open: (path, mode) => (mode === 'read' ? files.open(path, mode) : refuse(`open to ${mode}`)()),
    readWhole: (path) => files.readWhole(path),
    stat: (path) => files.stat(path),
    list: (folder) => files.list(folder),
    makeFolder: refuse('make a folder'),
    rename: refuse('rename'),
    link: refuse('link'),
    unlink: refuse('unlink'),
    syncFolder: refuse('sync'),
  };
}
