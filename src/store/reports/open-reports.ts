import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { explainDiskError } from '../commit/commit-year.js';
import { lockSeries } from '../commit/series-lock.js';
import type { FilePort } from '../files/file-port.js';
import { nodeFiles } from '../files/node-files.js';
import { asUnreadable } from '../files/unreadable.js';
import { writeNew } from '../files/whole-file.js';
import { ownFolder, type ReportName, reportFile } from '../layout.js';

export interface ReportOptions {
  readonly files?: FilePort;
  readonly lockTimeoutMs?: number;
}

/** Documents that jobs leave in a cache for people and for the next job; each can be made anew. */
export interface Reports {
  fileOf(name: ReportName): string;
  /** Undefined where there is none, or none that can be read. */
  read(name: ReportName): Promise<unknown>;
  /** Changes it under a lock, so that two jobs at once lose nothing of each other; durable when it returns. */
  change(name: ReportName, edit: (current: unknown) => unknown): Promise<void>;
}

export function openReports(cache: string, options: ReportOptions = {}): Reports {
  const { files = nodeFiles, lockTimeoutMs = 10_000 } = options;
  const root = path.resolve(cache);
  const folder = ownFolder(root);

  async function read(name: ReportName): Promise<unknown> {
    const target = reportFile(root, name);
    const bytes = await files.readWhole(target).catch((error: unknown) => {
      if (asUnreadable(error, target) === undefined) throw error;
      return undefined;
    });
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      return undefined;
    }
  }

  return {
    fileOf: (name) => reportFile(root, name),
    read,
    async change(name, edit) {
      try {
        await files.makeFolder(folder);
        await files.makeFolder(path.dirname(reportFile(root, name)));
        const lock = await lockSeries(files, folder, { timeoutMs: lockTimeoutMs, owner: '' });
        try {
          await replace(files, reportFile(root, name), edit(await read(name)));
        } finally {
          await lock.release();
        }
      } catch (error) {
        throw explainDiskError(error, folder);
      }
    },
  };
}

async function replace(files: FilePort, target: string, document: unknown): Promise<void> {
  const folder = path.dirname(target);
  const prefix = `.${path.basename(target)}.`;
  // Whoever died in the middle left a temporary file; under the lock it is nobody's.
  for (const { name } of (await files.list(folder)) ?? []) {
    if (name.startsWith(prefix) && name.endsWith('.tmp'))
      await files.unlink(path.join(folder, name)).catch(() => undefined);
  }
  const temp = path.join(folder, `${prefix}${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeNew(files, temp, [Buffer.from(`${JSON.stringify(document, null, 2)}\n`)]);
    await files.rename(temp, target);
  } catch (error) {
    await files.unlink(temp).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(folder);
}
