import { constants } from 'node:fs';
import { access, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FolderFacts } from '../operations/doctor/check-machine.js';
import { nodeFiles } from '../store/files/node-files.js';

/** What can be seen of a folder, or of the nearest one above it, without creating anything. */
export async function lookAtFolder(folder: string): Promise<FolderFacts> {
  const found = await stat(folder).catch(() => undefined);
  const kind = found === undefined ? 'absent' : found.isDirectory() ? 'folder' : 'other';
  const nearest = kind === 'absent' ? await findNearest(folder) : folder;
  const space = await statfs(nearest).catch(() => undefined);
  return {
    folder,
    kind,
    nearest,
    readable: await may(nearest, constants.R_OK | constants.X_OK),
    writable: await may(nearest, constants.W_OK | constants.X_OK),
    // A file system without a size, as some that are made up of others, counts no blocks at all.
    freeBytes: space === undefined || space.blocks === 0 ? undefined : space.bavail * space.bsize,
  };
}

async function findNearest(folder: string): Promise<string> {
  const above = path.dirname(folder);
  if (above === folder) return folder;
  const found = await stat(above).catch(() => undefined);
  return found === undefined ? findNearest(above) : above;
}

async function may(target: string, mode: number): Promise<boolean> {
  return access(target, mode).then(
    () => true,
    () => false,
  );
}

/** Takes a lock in a temporary folder, and sees that a second holder is kept out. The reason why not, or nothing. */
export async function tryLocks(): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'almanac-doctor-'));
  const file = path.join(folder, 'lock');
  const first = await nodeFiles.open(file, 'lock');
  const second = await nodeFiles.open(file, 'lock');
  try {
    if (!(await first.tryLock())) return 'a lock on a new file was refused';
    return (await second.tryLock()) ? 'a second program is let in where one holds the lock' : undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await Promise.all([first.close(), second.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}
