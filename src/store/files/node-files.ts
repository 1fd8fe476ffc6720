import { constants, type Dirent, lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { copyFile, type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from '../../market/almanac-error.js';
import type { EntryKind, FilePort, OpenFile, OpenMode } from './file-port.js';
import { tryLock } from './native-lock.js';

const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const FLAGS: Readonly<Record<OpenMode, number>> = {
  read: constants.O_RDONLY,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
  lock: constants.O_RDWR | constants.O_CREAT | NO_FOLLOW,
};
const MODE = 0o666;

export const nodeFiles: FilePort = {
  async open(path, mode) {
    return wrap(await open(path, FLAGS[mode], MODE), path);
  },
  // These three are synchronous on purpose: a round trip through the thread pool costs ten times what they do, and
  // listing a thousand series is made of them: 366 ms through the pool, 150 so (2026-11-21, npm run bench).
  async readWhole(path) {
    return orUndefined(path, () => readFileSync(path));
  },
  async stat(path) {
    const stats = orUndefined(path, () => lstatSync(path));
    return stats && { kind: kindOf(stats), bytes: stats.size, modified: stats.mtimeMs };
  },
  async list(folder) {
    const entries = orUndefined(folder, () => readdirSync(folder, { withFileTypes: true }));
    return entries?.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },
  makeFolder: (folder) => makeFolder(folder, true),
  rename: process.platform === 'win32' ? patientRename : rename,
  async link(from, to) {
    try {
      await link(from, to);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].some((code) => hasCode(error, code))) throw error;
      await copyFile(from, to, constants.COPYFILE_EXCL);
      await syncFile(to); // a second name needs none: its bytes are on the disk already
    }
  },
  unlink,
  async syncFolder(folder) {
    if (process.platform === 'win32') return; // not possible there; NTFS journals the rename
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      // File systems that cannot sync a folder say so in one of these ways; any other failure is real.
      if (!['EINVAL', 'ENOTSUP', 'ENOTTY'].some((code) => hasCode(error, code))) throw error;
    } finally {
      await handle.close();
    }
  },
};

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r'); // only Windows wants to be let write
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Level by level: Node's own recursive mkdir never returns where a parent says ENOENT for ever, as /proc does. */
async function makeFolder(folder: string, mayMakeParent: boolean): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST') && statSync(folder).isDirectory()) return;
    if (!hasCode(error, 'ENOENT') || !mayMakeParent || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder), true);
    await makeFolder(folder, false);
  }
}

function wrap(handle: FileHandle, path: string): OpenFile {
  return {
    async read(into, position) {
      try {
        return (await handle.read(into, 0, into.byteLength, position)).bytesRead;
      } catch (error) {
        throw named(error, path);
      }
    },
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.byteLength, position)).bytesWritten,
    size: async () => (await handle.stat()).size,
    sync: () => handle.sync(),
    truncate: (size) => handle.truncate(size),
    tryLock: async () => tryLock(handle.fd),
    close: () => handle.close(),
  };
}

function kindOf(entry: Stats | Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function orUndefined<T>(path: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw named(error, path);
  }
}

/** Node says of a read that failed neither which file nor whose it is; a person needs the first. */
function named(error: unknown, path: string): unknown {
  return typeof error === 'object' && error !== null && !('path' in error) ? Object.assign(error, { path }) : error;
}

/** On Windows a scanner or a spreadsheet may hold the target for a moment. Copying over it instead is not atomic: wait. */
async function patientRename(from: string, to: string): Promise<void> {
  for (let wait = 10; ; wait = Math.min(wait * 2, 1000)) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (wait >= 1000 || !['EPERM', 'EACCES', 'EBUSY'].some((code) => hasCode(error, code))) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
