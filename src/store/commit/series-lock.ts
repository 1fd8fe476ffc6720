import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { readSpan, writeSpan } from '../files/whole-file.js';
import { LOCK_NAME } from '../layout.js';

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

export interface SeriesLock {
  /** Throws where the lock is no longer ours, so that nothing is published without it. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly timeoutMs: number;
  /** Who we are, for the other side's error message only; the operating system holds the lock. Empty: not said. */
  readonly owner: string;
  readonly signal?: AbortSignal | undefined;
}

/** One writer a series. The lock file stays for ever: to unlink it is the classic race. */
export async function lockSeries(files: FilePort, folder: string, options: LockOptions): Promise<SeriesLock> {
  const file = await files.open(path.join(folder, LOCK_NAME), 'lock');
  try {
    await waitForLock(file, folder, options);
    if (options.owner !== '') await writeOwner(file, options.owner);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  return {
    async assertHeld() {
      if (!(await file.tryLock()))
        throw new AlmanacError('STORE_CONFLICT', `the lock on ${folder} was lost; nothing was published`);
    },
    async release() {
      // So that a write that changed nothing leaves no byte changed.
      if (options.owner !== '') await file.truncate(0).catch(() => undefined);
      // The descriptor is gone whatever close says, and the lock with it: what was published stays published.
      await file.close().catch(() => undefined);
    },
  };
}

async function waitForLock(file: OpenFile, folder: string, options: LockOptions): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  for (let pause = FIRST_PAUSE_MS; !(await file.tryLock()); pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    options.signal?.throwIfAborted();
    if (performance.now() >= deadline) {
      const owner = Buffer.from(await readSpan(file, 0, 512))
        .toString('utf8')
        .trim();
      throw new AlmanacError(
        'STORE_LOCKED',
        `${folder} is being written by another program${owner ? ` (${owner})` : ''}`,
        {
          suggestions: ['wait for it to end, or end it; a lock never outlives its program'],
        },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pause + Math.random() * pause));
  }
}

/** A hint for people; a disk too full for it must not stop the work. */
async function writeOwner(file: OpenFile, owner: string): Promise<void> {
  try {
    const bytes = new TextEncoder().encode(`${owner}\n`);
    await file.truncate(0);
    await writeSpan(file, bytes, 0);
  } catch {
    // the lock itself is held
  }
}
