import { createRequire } from 'node:module';
import { AlmanacError } from '../../market/almanac-error.js';

interface NativeLocks {
  tryLock(fd: number, offset?: number, length?: number): boolean;
}

let native: NativeLocks | undefined;

/** Loaded at the first lock, not at start-up: reading needs none. */
function load(): NativeLocks {
  try {
    native ??= createRequire(import.meta.url)('fs-native-extensions') as NativeLocks;
    return native;
  } catch (cause) {
    throw new AlmanacError(
      'STORE_UNUSABLE',
      `file locks are not available on ${process.platform}-${process.arch}, so nothing can be written safely`,
      {
        cause,
        suggestions: ['npm rebuild fs-native-extensions'],
      },
    );
  }
}

/** An operating-system lock on an open file: gone with the process, however it dies. */
export function tryLock(fd: number): boolean {
  return load().tryLock(fd);
}
