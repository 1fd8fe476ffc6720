import type { FilePort, OpenFile } from '../../src/store/files/file-port.js';
import { nodeFiles } from '../../src/store/files/node-files.js';

export interface DyingFiles {
  readonly files: FilePort;
  /** Changes to the disk that were asked for so far. */
  readonly changes: () => number;
}

/**
 * The real disk until the Nth change to it, which does not happen any more, nor anything after: as if the process were
 * killed there, and its locks are free. What only reads or
 * makes durable is no place to die of its own: what the disk shows is the same before it and after.
 */
export function dyingFiles(at: number): DyingFiles {
  let changes = 0;
  let dead = false;
  const change = async <T>(run: () => Promise<T>): Promise<T> => {
    if (!dead && ++changes === at) dead = true;
    return look(run);
  };
  const look = async <T>(run: () => Promise<T>): Promise<T> => {
    if (dead) throw new Error('killed');
    return run();
  };
  const wrap = (file: OpenFile): OpenFile => ({
    read: (into, position) => look(() => file.read(into, position)),
    write: (bytes, position) => change(() => file.write(bytes, position)),
    size: () => look(() => file.size()),
    sync: () => look(() => file.sync()),
    truncate: (size) => change(() => file.truncate(size)),
    tryLock: () => look(() => file.tryLock()),
    close: () => file.close(),
  });
  const files: FilePort = {
    open: async (path, mode) => wrap(await (mode === 'create' ? change : look)(() => nodeFiles.open(path, mode))),
    readWhole: (path) => look(() => nodeFiles.readWhole(path)),
    stat: (path) => look(() => nodeFiles.stat(path)),
    list: (folder) => look(() => nodeFiles.list(folder)),
    makeFolder: (folder) => change(() => nodeFiles.makeFolder(folder)),
    rename: (from, to) => change(() => nodeFiles.rename(from, to)),
    link: (from, to) => change(() => nodeFiles.link(from, to)),
    unlink: (path) => change(() => nodeFiles.unlink(path)),
    syncFolder: (folder) => look(() => nodeFiles.syncFolder(folder)),
  };
  return { files, changes: () => changes };
}
