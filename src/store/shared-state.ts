import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { lockSeries } from './commit/series-lock.js';
import type { FilePort } from './files/file-port.js';
import { nodeFiles } from './files/node-files.js';
import { writeSpan } from './files/whole-file.js';
import { type DocumentArea, documentFolder } from './layout.js';

export interface SharedStateOptions {
  readonly files?: FilePort;
  /** `limits`: what was asked of whom; `notes`: what was learned of a series besides its bars. */
  readonly area?: DocumentArea;
  /** Told once, when the state can only be kept in memory from now on. */
  readonly onTrouble?: (cause: unknown) => void;
  readonly lockTimeoutMs?: number;
}

export interface SharedStateFiles {
  update<T>(name: string, change: (current: unknown) => { readonly next?: unknown; readonly result: T }): Promise<T>;
}

/**
 * Small JSON documents in `_almanac/` that every process on this cache reads and writes under one lock.
 * Where that cannot be (no such folder yet, a read-only disk), they live in memory: a download must not stop for it.
 */
export function openSharedState(cache: string, options: SharedStateOptions = {}): SharedStateFiles {
  const files = options.files ?? nodeFiles;
  const folder = documentFolder(path.resolve(cache), options.area ?? 'limits');
  const memory = new Map<string, unknown>();
  let broken = false;

  async function onDisk<T>(name: string, change: (current: unknown) => { next?: unknown; result: T }): Promise<T> {
    await files.makeFolder(folder);
    const lock = await lockSeries(files, folder, { timeoutMs: options.lockTimeoutMs ?? 10_000, owner: '' });
    try {
      const target = path.join(folder, `${name}.json`);
      const current = parse(await files.readWhole(target));
      const { next, result } = changing(change, current);
      if (next !== undefined) await replace(files, target, next);
      return result;
    } finally {
      await lock.release();
    }
  }

  function inMemory<T>(name: string, change: (current: unknown) => { next?: unknown; result: T }): T {
    const { next, result } = change(memory.get(name));
    if (next !== undefined) memory.set(name, next);
    return result;
  }

  return {
    async update(name, change) {
      if (broken) return inMemory(name, change);
      try {
        return await onDisk(name, change);
      } catch (cause) {
        if (cause instanceof ChangeFailed) throw cause.cause;
        broken = true;
        options.onTrouble?.(cause);
        return inMemory(name, change);
      }
    },
  };
}

/** The caller's own fault, which says nothing about the disk. */
class ChangeFailed extends Error {}

function changing<R>(change: (current: unknown) => R, current: unknown): R {
  try {
    return change(current);
  } catch (cause) {
    throw new ChangeFailed('the change threw', { cause });
  }
}

/** Not synced: losing the last second's counts costs a little care, and a sync for each request costs its time. */
async function replace(files: FilePort, target: string, value: unknown): Promise<void> {
  const temp = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await files.open(temp, 'create');
  try {
    await writeSpan(file, Buffer.from(JSON.stringify(value)), 0);
  } catch (error) {
    await file.close().catch(() => undefined);
    await files.unlink(temp).catch(() => undefined);
    throw error;
  }
  await file.close();
  await files.rename(temp, target);
}

/** Garbled counts for nothing: it is rewritten at once. */
function parse(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
