import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { hasCode } from '../../market/almanac-error.js';
import { explainDiskError } from '../commit/commit-year.js';
import { lockSeries } from '../commit/series-lock.js';
import type { FilePort } from '../files/file-port.js';
import { nodeFiles } from '../files/node-files.js';
import { writeNew } from '../files/whole-file.js';
import { CHECKSUMS_NAME, checksumsCopyName, ownFolder } from '../layout.js';
import type { ChecksumFailure } from './checksum-failure.js';
import { type RegistryContents, readRegistry } from './read-registry.js';

export interface ChecksumRegistry {
  readonly file: string;
  /** What is there now; nothing is created, and no lock is taken. */
  read(): Promise<RegistryContents>;
  /** Changes it under its lock, so that no process loses another's entry. The same array back: nothing is written. */
  change(edit: (failures: readonly ChecksumFailure[]) => readonly ChecksumFailure[]): Promise<void>;
  /** The same, with a dated copy of what was there before; its path, where anything changed. */
  changeWithCopy(
    edit: (failures: readonly ChecksumFailure[]) => readonly ChecksumFailure[],
  ): Promise<string | undefined>;
}

export interface RegistryOptions {
  readonly files?: FilePort;
  readonly now?: () => number;
  readonly lockTimeoutMs?: number;
  /** The most entries it keeps; the oldest make way, those that came right first. */
  readonly most?: number;
}

const MOST = 10_000;

/** Files that failed their checksum, in `_almanac/checksums.json`. */
export function openChecksumRegistry(cache: string, options: RegistryOptions = {}): ChecksumRegistry {
  const { files = nodeFiles, now = Date.now, lockTimeoutMs = 10_000, most = MOST } = options;
  const folder = ownFolder(path.resolve(cache));
  const file = path.join(folder, CHECKSUMS_NAME);

  async function rewrite(edit: Parameters<ChecksumRegistry['change']>[0], keepCopy: boolean) {
    const bytes = await files.readWhole(file);
    const before = readRegistry(bytes, file);
    const edited = edit(before.failures);
    if (edited === before.failures && !before.garbled) return undefined;
    const stamp = stampOf(now());
    // What cannot be read is kept beside before it makes way for what can.
    if (before.garbled && bytes !== undefined) await keep(files, folder, stamp, 'garbled', bytes);
    const copy =
      keepCopy && bytes !== undefined && edited !== before.failures
        ? await keep(files, folder, stamp, 'cleared', bytes)
        : undefined;
    await replace(files, folder, file, { schemaVersion: 1, failures: bound(edited, most) });
    return copy;
  }

  async function locked(edit: Parameters<ChecksumRegistry['change']>[0], keepCopy: boolean) {
    try {
      await files.makeFolder(folder);
      const lock = await lockSeries(files, folder, { timeoutMs: lockTimeoutMs, owner: '' });
      try {
        return await rewrite(edit, keepCopy);
      } finally {
        await lock.release();
      }
    } catch (error) {
      throw explainDiskError(error, folder);
    }
  }

  return {
    file,
    read: async () => readRegistry(await files.readWhole(file), file),
    change: async (edit) => {
      await locked(edit, false);
    },
    changeWithCopy: (edit) => locked(edit, true),
  };
}

/** The newest stay; what came right is the first to go. */
function bound(failures: readonly ChecksumFailure[], most: number): readonly ChecksumFailure[] {
  if (failures.length <= most) return failures;
  const rank = ({ action_taken }: ChecksumFailure): number => (action_taken === 'retried_success' ? 1 : 0);
  const kept = [...failures].sort((a, b) => rank(a) - rank(b) || (a.timestamp < b.timestamp ? 1 : -1)).slice(0, most);
  const stay = new Set(kept);
  return failures.filter((each) => stay.has(each));
}

async function keep(
  files: FilePort,
  folder: string,
  stamp: string,
  kind: 'cleared' | 'garbled',
  bytes: Uint8Array,
): Promise<string> {
  for (let number = 0; ; number++) {
    const copy = path.join(folder, checksumsCopyName(stamp, kind, number));
    try {
      await writeNew(files, copy, [bytes]);
      return copy;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) continue;
      await files.unlink(copy).catch(() => undefined);
      throw error;
    }
  }
}

async function replace(files: FilePort, folder: string, file: string, document: unknown): Promise<void> {
  await sweep(files, folder);
  const temp = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeNew(files, temp, [Buffer.from(`${JSON.stringify(document, null, 2)}\n`)]);
    await files.rename(temp, file);
  } catch (error) {
    await files.unlink(temp).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(folder);
}

/** Whoever died in the middle left a temporary file; under the lock it is nobody's. */
async function sweep(files: FilePort, folder: string): Promise<void> {
  for (const { name } of (await files.list(folder)) ?? []) {
    if (/^checksums\.json\.[0-9a-f]{12}\.tmp$/.test(name))
      await files.unlink(path.join(folder, name)).catch(() => undefined);
  }
}

/** Names without colons, for every disk. */
function stampOf(instant: number): string {
  return new Date(instant)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
}
